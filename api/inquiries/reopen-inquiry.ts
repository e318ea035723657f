import type { Deps, PersonActor, Problem } from '../platform/index.ts';
import { actorText } from '../platform/index.ts';
import { changeInquiry } from './change-inquiry.ts';

/** The member asks on, once, with a further word; whoever answers next sees all that was said. */
export function reopenInquiry(
  deps: Pick<Deps, 'engine' | 'clock' | 'ids'>,
  { actor, ...said }: { inquiry: string; version: number; text: string; actor: PersonActor },
): Promise<Problem | undefined> {
  return changeInquiry(deps, { ...said, deed: 'reopen', by: actorText(actor) });
}

import type { ProductDeps } from '../places/index.ts';
import { actorText, problem } from '../platform/index.ts';
import type { PersonActor, Problem } from '../platform/index.ts';
import { changeInquiry } from './change-inquiry.ts';
import { isAtDesk } from './who-answers.ts';

/** Closed by the member, who is satisfied, or by the desk that has answered. */
export function closeInquiry(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock' | 'ids'>,
  { actor, ...seen }: { inquiry: string; version: number; actor: PersonActor },
): Promise<Problem | undefined> {
  return changeInquiry(deps, {
    ...seen,
    deed: 'close',
    text: null,
    by: actorText(actor),
    refused: async (inquiry) =>
      inquiry.member === actor.person || (await isAtDesk(deps, actor, inquiry))
        ? undefined
        : problem('not-found'),
  });
}

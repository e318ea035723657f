import type { ProductDeps } from '../places/index.ts';
import { actorText } from '../platform/index.ts';
import type { PersonActor, Problem } from '../platform/index.ts';
import { changeInquiry } from './change-inquiry.ts';
import { refusedToAnswer } from './who-answers.ts';

/** Answers in words; `version` is the one that was read, so that nobody answers what was asked on about meanwhile. */
export function answerInquiry(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock' | 'ids'>,
  { actor, ...said }: { inquiry: string; version: number; text: string; actor: PersonActor },
): Promise<Problem | undefined> {
  return changeInquiry(deps, {
    ...said,
    deed: 'answer',
    by: actorText(actor),
    refused: (inquiry) => refusedToAnswer(deps, actor, inquiry),
  });
}

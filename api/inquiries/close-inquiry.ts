import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, subjectOf } from '../platform/index.ts';
import type { PersonActor, Problem } from '../platform/index.ts';
import { changeInquiry } from './change-inquiry.ts';
import { isAnother, isAtDesk, mayTakeBack } from './who-answers.ts';

/**
 * Closed by the member, who is satisfied, or by the desk that has answered; never by whoever recorded what is asked about.
 * What was asked in their name the member alone takes back, also before anybody has answered.
 */
export function closeInquiry(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock' | 'ids'>,
  { actor, ...seen }: { inquiry: string; version: number; actor: PersonActor },
): Promise<Problem | undefined> {
  return changeInquiry(deps, {
    ...seen,
    deed: 'close',
    text: null,
    by: actorText(actor),
    mayWithdraw: (inquiry) => mayTakeBack(actor, inquiry),
    refused: async (inquiry) => {
      if (inquiry.member === subjectOf(actor)) return undefined;
      if (!(await isAtDesk(deps, actor, inquiry))) return problem('not-found');
      const isOther = await isAnother(deps, actor.person, inquiry, deps.clock());
      return isOther ? undefined : problem('second-person-needed');
    },
  });
}

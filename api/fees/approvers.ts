/**
 * Who signs second. The accountant prepares and the finance lead approves; where no finance lead is a
 * second person, another accountant does. Maker and checker are two people in any case.
 */
import { areTwoPeople, peopleInPost, type Deed } from '../identity/index.ts';
import { postsActingAt, type ProductDeps } from '../places/index.ts';
import { actorText, mayAt, problem, type Actor, type Problem } from '../platform/index.ts';

type Approval = { place: string; actor: Actor; maker: Deed };

/** What speaks against this actor's approving at the place what the maker has prepared; undefined for nothing. */
export async function approvalRefusal(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  { place, actor, maker }: Approval,
): Promise<Problem | undefined> {
  const now = clock();
  const checker = { actor: actorText(actor), at: now };
  if (!(await areTwoPeople(engine, maker, checker))) return problem('second-person-needed');
  if (await mayAt(actor, ['finance_lead'], place, places)) return undefined;
  const role = 'finance_lead';
  const at = await postsActingAt({ engine, places }, { role, place, now });
  for (const lead of await peopleInPost(engine, { role, places: at, now })) {
    // A lead whose password the maker chose may not sign, so nobody waits for that one.
    if (await areTwoPeople(engine, maker, { actor: `person:${lead}`, at: now }))
      return problem('finance-lead-needed');
  }
  return undefined;
}

/** A finance lead who is no accountant there prepares nothing. */
export async function preparingRefusal(
  { places }: Pick<ProductDeps, 'places'>,
  actor: Actor,
  place: string,
): Promise<Problem | undefined> {
  const onlyApproves =
    (await mayAt(actor, ['finance_lead'], place, places)) &&
    !(await mayAt(actor, ['accountant'], place, places));
  return onlyApproves ? problem('accountant-needed') : undefined;
}

/** The posts without which a month does not run: who holds them today and can act, and which are missing. */
import { peopleInPost } from '../identity/index.ts';
import { postsActingAt, type Place, type ProductDeps } from '../places/index.ts';
import { EVERYWHERE, type Role } from '../platform/index.ts';
import type { Missing } from './checklist.ts';

/** In the order in which they are told. */
const POSTS = ['staff', 'accountant', 'finance_lead', 'clerk', 'auditor'] as const satisfies readonly Role[];
type Post = (typeof POSTS)[number];
/** Nobody checks their own work. */
const STAFF = 2;
const SIGNERS = 2;

type Places = Record<'community' | 'root', Place> & Record<'estates' | 'firms' | 'merchants', Place[]>;

/**
 * Two of the staff; a clerk at a till; for each estate an accountant, and a second person who signs (the finance lead, or
 * another accountant); and an auditor where the book is read, at its root: one of the community reads none.
 */
export async function whoIsMissing(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  { community, root, estates, firms, merchants }: Places,
): Promise<{ count: number; vacant: Role[]; missing: Missing[] }> {
  const now = deps.clock();
  const held = new Map<Post, Set<string>>(POSTS.map((role) => [role, new Set()]));
  const missing: Missing[] = [];
  const miss = (role: Post, place?: Place) =>
    missing.push({ what: 'post', role, ...(place && { place: { id: place.id, name: place.name } }) });
  const inPost = async (role: Post, places: readonly string[]) => {
    const people = await peopleInPost(deps.engine, { role, places, now });
    for (const person of people) held.get(role)?.add(person);
    return people;
  };
  const above = (await deps.places.lineage(community.id)).map(({ id }) => id);
  const idsOf = (places: readonly Place[]) => places.map(({ id }) => id);
  if ((await inPost('staff', [...above, ...idsOf(estates), EVERYWHERE])).length < STAFF) miss('staff');
  if ((await inPost('clerk', [...idsOf(merchants), ...idsOf(firms)])).length === 0) miss('clerk');
  if ((await inPost('auditor', [root.id, EVERYWHERE])).length === 0) miss('auditor', root);
  // Last, since they are the many.
  for (const estate of estates) {
    const of = async (role: 'accountant' | 'finance_lead') =>
      inPost(role, await postsActingAt(deps, { role, place: estate.id, now }));
    const [accountants, leads] = [await of('accountant'), await of('finance_lead')];
    if (accountants.length === 0) miss('accountant', estate);
    if (new Set([...accountants, ...leads]).size < SIGNERS) miss('finance_lead', estate);
  }
  if (estates.length === 0) for (const role of ['accountant', 'finance_lead'] as const) miss(role);
  const isVacant = (post: Role) => missing.some(({ role }) => role === post);
  return {
    count: [...held.values()].reduce((sum, people) => sum + people.size, 0),
    vacant: POSTS.filter(isVacant),
    missing,
  };
}

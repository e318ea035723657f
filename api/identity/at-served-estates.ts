import { EVERYWHERE, type Instant, type PlaceTree, type Role, type RoleAt } from '../platform/index.ts';

/** Posts that, held at a property firm, act in the estates that it serves; a clerk of its shop has no business there. */
const FIRM_POSTS: readonly Role[] = ['accountant', 'finance_lead'];

/** … and whether a role is one of them. */
export function actsForFirm(role: Role): boolean {
  return FIRM_POSTS.includes(role);
}

/** The roles with those at the estates that they act in, from the day on which the firm serves them. */
export async function atServedEstates(
  places: Pick<PlaceTree, 'servedBy'>,
  roles: readonly RoleAt[],
  now: Instant,
): Promise<RoleAt[]> {
  const found = [...roles];
  for (const { role, place } of roles) {
    if (place === EVERYWHERE || !actsForFirm(role)) continue;
    for (const estate of await places.servedBy(place, now)) found.push({ role, place: estate });
  }
  return found;
}

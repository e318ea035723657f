import { mayAt, roles, type PersonActor, type PlaceTree, type Role } from '../platform/index.ts';

/** Who may give which role, within the places that they hold their own role for. */
export const GRANTS: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  operator: [
    'member',
    'clerk',
    'merchant_manager',
    'accountant',
    'finance_lead',
    'staff',
    'leader',
    'auditor',
    'operator',
  ],
  staff: ['member', 'leader', 'merchant_manager'],
  merchant_manager: ['clerk'],
};

/** Everybody who may give or take some role; the routes let them in, `grantorsOf` looks closer. */
export const GRANTORS = Object.keys(GRANTS) as Role[];

/** The roles that let their holder give (or take) this one. */
export function grantorsOf(role: Role): Role[] {
  return GRANTORS.filter((grantor) => GRANTS[grantor]?.includes(role));
}

const COMMUNITY = ['district', 'street', 'community', 'estate'];
const SHOP = ['merchant', 'firm'];

/** The kinds of place at which a role means something: a shop's manager at a community would spend its budget. */
const KINDS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  member: COMMUNITY,
  staff: COMMUNITY,
  leader: COMMUNITY,
  clerk: SHOP,
  merchant_manager: SHOP,
};

/** Whether a role fits a place of this kind. */
export function roleFits(role: Role, kind: string): boolean {
  return KINDS[role]?.includes(kind) ?? true;
}

/** A role that a shop gives to its own people. */
export function isOfShop(role: Role): boolean {
  return KINDS[role] === SHOP;
}

/** The roles that this colleague may give at the place, the ones that mean something there. */
export async function rolesToGive(
  { places }: { readonly places: PlaceTree },
  by: PersonActor,
  place: string,
): Promise<Role[]> {
  const kind = (await places.kindOf(place)) ?? '';
  const found: Role[] = [];
  for (const role of roles) {
    if (roleFits(role, kind) && (await mayAt(by, grantorsOf(role), place, places))) found.push(role);
  }
  return found;
}

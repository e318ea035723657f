/** Protects: a question goes to whoever can look into it, and not into a box that nobody opens. */
export const DESKS = ['staff', 'shop', 'fees'] as const;
export type Desk = (typeof DESKS)[number];

const ROLES = { staff: 'staff', shop: 'merchant_manager', fees: 'accountant' } as const satisfies Record<
  Desk,
  string
>;

/** The post that answers at a desk. */
export function roleOfDesk(desk: Desk): (typeof ROLES)[Desk] {
  return ROLES[desk];
}

/** By what a transaction was: a shop's sale, an offset against a bill, or anything else, which is the community's. */
export function deskFor(kind: string | undefined): Desk {
  if (kind === 'purchase' || kind === 'redemption' || kind === 'order') return 'shop';
  return kind === 'offset' ? 'fees' : 'staff';
}

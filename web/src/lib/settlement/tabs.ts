import type { Me, Role } from '$lib/session.ts';

export type Tab = 'funds' | 'liability' | 'ageing' | 'offsets';

/** A firm has no fund of points here, and a shop no offsets. */
const whose: Readonly<Record<Tab, readonly Role[]>> = {
  funds: ['staff', 'operator', 'auditor', 'merchant_manager'],
  liability: ['staff', 'operator', 'auditor', 'merchant_manager'],
  ageing: ['staff', 'operator', 'auditor', 'merchant_manager', 'accountant', 'finance_lead'],
  offsets: ['staff', 'operator', 'auditor', 'accountant', 'finance_lead'],
};
const order = ['funds', 'liability', 'ageing', 'offsets'] as const satisfies readonly Tab[];

export function tabsOf({ roles }: Me): Tab[] {
  return order.filter((tab) => roles.some(({ role }) => whose[tab].includes(role)));
}

export function rolesOf(tab: Tab): readonly Role[] {
  return whose[tab];
}

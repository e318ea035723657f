import type { Me, Role } from '$lib/session.ts';

export type Tab = 'dues' | 'funds' | 'liability' | 'ageing' | 'offsets';

/** A shop has no offsets. A firm's people see its funds where it has any, which `tabs.server.ts` asks. */
const whose: Readonly<Record<Tab, readonly Role[]>> = {
  dues: ['staff', 'operator', 'auditor', 'merchant_manager', 'accountant', 'finance_lead'],
  funds: ['staff', 'operator', 'auditor', 'merchant_manager'],
  liability: ['staff', 'operator', 'auditor', 'merchant_manager'],
  ageing: ['staff', 'operator', 'auditor', 'merchant_manager', 'accountant', 'finance_lead'],
  offsets: ['staff', 'operator', 'auditor', 'accountant', 'finance_lead'],
};
/** Who speaks for a firm that pays for points. */
export const OF_A_FIRM = ['accountant', 'finance_lead'] as const satisfies readonly Role[];
const order = ['funds', 'dues', 'liability', 'ageing', 'offsets'] as const satisfies readonly Tab[];

export function tabsOf({ roles }: Pick<Me, 'roles'>, hasFunds: boolean): Tab[] {
  return order.filter(
    (tab) =>
      roles.some(({ role }) => whose[tab].includes(role)) ||
      (hasFunds && (tab === 'funds' || tab === 'liability')),
  );
}

export function rolesOf(tab: Tab): readonly Role[] {
  return whose[tab];
}

import { expect, it } from 'vitest';
import type { Role } from '$lib/session.ts';
import { tabsOf } from './tabs.ts';

const me = (role: Role) => ({ roles: [{ role, place: 'here' }] });

it('a firm’s people see the month of its fund and its liability where it pays for points', () => {
  for (const role of ['accountant', 'finance_lead'] as const) {
    expect(tabsOf(me(role), true)).toEqual(['funds', 'dues', 'liability', 'ageing', 'offsets']);
    expect(tabsOf(me(role), false)).toEqual(['dues', 'ageing', 'offsets']);
  }
  expect(tabsOf(me('merchant_manager'), false)).toEqual(['funds', 'dues', 'liability', 'ageing']);
});

import { expect, it } from 'vitest';
import { accessActions, accessGroups, accessReason } from './access.ts';

it.each([
  ['correct', 'name, phone', '姓名、手机号'],
  ['correct', 'phone', '手机号'],
  ['add-residency', 'owner', '业主'],
  ['end-residency', 'mistake', '登记错了'],
  ['unmask', 'sale', 'sale'],
  ['end-residency', '旧系统', '旧系统'],
] as const)('the log of %s says “%s” in the reader’s words', (action, reason, text) => {
  expect(accessReason({ action, reason })).toBe(text);
});

it('an action stands in one group of the choice, and none is left out', () => {
  const offered = accessGroups().flatMap(({ options }) => options.map(({ value }) => value));
  expect(offered.toSorted()).toEqual(accessActions.toSorted());
});

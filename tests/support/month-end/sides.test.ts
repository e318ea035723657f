import { expect, it } from 'vitest';
import { differencesOf, type Sides } from './sides.ts';

/** Two posted offsets of 3,189 CON and 36 VOL each, and a redemption of 100 CON. */
const even: Sides = {
  ...{ documents: 7_098, lists: 7_098, firms: 7_098, shops: 100, funders: 7_198, redemptions: 100 },
  membersHave: { VOL: 28, CON: 3_522 },
  spent: { VOL: 72, CON: 6_478 },
  leastHeld: 0,
};
const given = { VOL: 100, CON: 10_000 };

it('a month whose sides agree has no difference', () => {
  expect(differencesOf(even, { given })).toEqual([]);
});

it.each<[string, Partial<Sides>, number]>([
  ['a firm’s list', { lists: 7_097 }, 1],
  ['a firm that is owed too much', { firms: 7_099 }, 2],
  ['a shop that is owed too little', { shops: 99 }, 2],
  ['funders who owe less than was spent', { funders: 7_197 }, 2],
  ['points that went nowhere', { membersHave: { VOL: 28, CON: 3_521 } }, 1],
  ['points out of nowhere', { membersHave: { VOL: 29, CON: 3_522 } }, 1],
  ['somebody below zero', { leastHeld: -1 }, 1],
])('%s is a difference', (_, part, count) => {
  expect(differencesOf({ ...even, ...part }, { given })).toHaveLength(count);
});

import { expect, it } from 'vitest';
import { agreementsAt } from './agreement-standing.ts';

const span = (id: string, validFrom: number, validTo: number | null = null, fund = '*') => ({
  ...{ id, fund, validFrom, validTo },
});
const at = (moment: number, ...known: ReturnType<typeof span>[]) =>
  agreementsAt(known, moment).map(({ id }) => id);

it('the one that began last holds', () => {
  expect(at(9, span('b', 5), span('a', 0))).toEqual(['b']);
  expect(at(4, span('b', 5), span('a', 0))).toEqual(['a']);
});

it('when it has ended nothing holds, and what it had replaced stays replaced', () => {
  expect(at(8, span('a', 0), span('b', 5, 8))).toEqual([]);
});

it('one that was called off before its day never replaced anything', () => {
  expect(at(9, span('a', 0), span('b', 5, 5))).toEqual(['a']);
});

it('of two that begin on one day the one that was made later holds', () => {
  expect(at(5, span('b', 5), span('a', 5, 20))).toEqual(['b']);
});

it('each fund has its own', () => {
  expect(at(9, span('a', 0), span('b', 5, 8, 'fund'), span('c', 2, null, 'other'))).toEqual(['a', 'c']);
});

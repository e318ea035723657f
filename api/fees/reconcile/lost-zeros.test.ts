import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import { withZeros } from './lost-zeros.ts';
import { reconcile } from './match.ts';

const offsets = Array.from({ length: 20 }, (_, n) =>
  ours(n + 1, { house: `3-${1 + Math.floor(n / 9)}-0${1 + (n % 9)}01` }),
);
const asNumbers = offsets.map((offset, n) =>
  theirs(offset, n + 2, { house: offset.house.replace('-0', '-') }),
);

describe('a list whose rooms are numbers', () => {
  it('means the houses that it has lost the zeros of', () => {
    const { matches, breaks } = reconcile(offsets, asNumbers);
    expect([matches.length, breaks.length]).toEqual([20, 0]);
    expect(matches[0]?.row).toMatchObject({ id: 'r2', house: '3-1-0101' });
  });

  it('has no room with a zero; where one has, a lost zero is a mistake', () => {
    const rows = [...asNumbers, theirs(ours(30, { house: '3-2-0930' }), 30)];
    expect(withZeros(offsets, rows)).toBe(rows);
    const kinds = reconcile(offsets, rows).breaks.map(({ kind }) => kind);
    expect(kinds).toEqual([...Array.from({ length: 20 }, () => 'wrong-house'), 'missing-here']);
  });

  it('means 501 where that is a house of ours as well', () => {
    const both = [...offsets, ours(40, { house: '3-1-501', valueFen: 500 })];
    const read = withZeros(both, asNumbers);
    expect(read.filter(({ house }) => house === '3-1-501')).toHaveLength(1);
  });

  it('means 501 where that is a house of the roster, whether or not anybody there offset anything', () => {
    const roster = new Set(['3-1-501', ...offsets.map(({ house }) => house)]);
    const read = withZeros(offsets, asNumbers, roster);
    expect(read.filter(({ house }) => house === '3-1-501')).toHaveLength(1);
    expect(read.filter(({ house }) => house === '3-1-0501')).toEqual([]);
    expect(read.filter(({ house }) => house === '3-1-0401')).toHaveLength(1);
    const { matches } = reconcile(
      offsets,
      asNumbers.map((row) => ({ ...row, offsetNumber: '' })),
      { houses: roster },
    );
    expect(matches.map(({ offset }) => offset.house)).not.toContain('3-1-0501');
  });

  it('is told by a dozen of them: a few lost zeros are mistakes', () => {
    const few = asNumbers.slice(0, 5);
    expect(withZeros(offsets, few)).toBe(few);
  });
});

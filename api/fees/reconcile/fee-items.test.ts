/** A house may have offset two items of one month, and both up to the same cap: the item says which of them a row posts. */
import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import { reconcile } from './match.ts';
import type { OurOffset, PostedRow } from './reconciliation.ts';

const fee = ours(1);
const water = ours(2, { house: fee.house, item: '公摊水电' });
const unnumbered = (offset: OurOffset, rowNumber: number, changes: Partial<PostedRow> = {}) =>
  theirs(offset, rowNumber, { offsetNumber: '', ...changes });
const told = (offsets: OurOffset[], rows: PostedRow[]) => {
  const { matches, breaks } = reconcile(offsets, rows);
  return [
    ...matches.map(({ offset, row }) => `${offset.number.slice(-1)} by row ${row.rowNumber}`),
    ...breaks.map(({ kind, offset, rows: of }) => `${kind} ${offset?.number.slice(-1) ?? of[0]?.rowNumber}`),
  ].sort();
};

describe('two offsets of one house, month and value', () => {
  it('are each matched by the row of their own item, whatever day it says', () => {
    expect(told([fee, water], [unnumbered(water, 2, { postedOn: null }), unnumbered(fee, 3)])).toEqual([
      '1 by row 3',
      '2 by row 2',
    ]);
  });

  it('are for a person while one of them has no row: whoever left the number out may have erred about the item', () => {
    expect(told([fee, water], [unnumbered(water, 2)])).toEqual([
      'missing-here 2',
      'missing-there 1',
      'missing-there 2',
    ]);
    expect(told([fee, water], [theirs(fee, 2), unnumbered(water, 3)])).toEqual(['1 by row 2', '2 by row 3']);
  });

  it('are not told apart by a row that names no item: both are for a person', () => {
    expect(told([fee, water], [unnumbered(fee, 2, { item: '' })])).toEqual([
      'missing-here 2',
      'missing-there 1',
      'missing-there 2',
    ]);
  });

  it('do not stand in for one another: a row of the other item is a difference, never booked', () => {
    expect(told([fee], [unnumbered(water, 2)])).toEqual(['wrong-item 1']);
    expect(told([fee], [theirs(fee, 2, { item: '公摊水电' })])).toEqual(['wrong-item 1']);
    const [found] = reconcile([fee], [unnumbered(water, 2)]).breaks;
    expect(found?.zh).toContain('收费项目不一致，我方 物业服务费，物业 公摊水电');
  });

  it('are no duplicate of one another', () => {
    expect(told([fee], [theirs(fee, 2), unnumbered(water, 3)])).toEqual(['1 by row 2', 'missing-here 3']);
  });

  it('are posted by a row that names no item, which disagrees with nothing', () => {
    expect(told([fee], [unnumbered(fee, 2, { item: '' })])).toEqual(['1 by row 2']);
  });
});

import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import { reconcile } from './match.ts';
import { lastDayOf, type OurOffset, type PostedRow } from './reconciliation.ts';

const kinds = (offsets: OurOffset[], rows: PostedRow[]) =>
  reconcile(offsets, rows).breaks.map((found) => `${found.offset?.number ?? '–'} ${found.kind}`);

describe('what was handed over after the list was drawn up', () => {
  const listed = ours(1);
  const late = ours(2, { exportedOn: '2026-06-27' });
  const rows = [theirs(listed, 3, { postedOn: '2026-06-26' })];

  it('is not yet due: no break, and no part of the comparison', () => {
    const { breaks, notYetDue, totals } = reconcile([listed, late], rows);
    expect(breaks).toEqual([]);
    expect(notYetDue).toEqual([late]);
    expect(totals).toEqual({ oursFen: 1_000, theirsFen: 1_000, matchedFen: 1_000, differenceFen: 0 });
  });

  it('on the last day of the list it is due, and missing there', () => {
    const sameDay = ours(2, { exportedOn: '2026-06-26' });
    expect(kinds([listed, sameDay], rows)).toEqual(['DK-2606-0002 missing-there']);
  });

  it('counts by the last day of the whole list, also of rows that are known already', () => {
    const found = reconcile([late], [], { drawnUpOn: '2026-06-26' });
    expect(found.notYetDue).toEqual([late]);
    expect(reconcile([late], [], { drawnUpOn: '2026-06-27' }).breaks).toMatchObject([
      { kind: 'missing-there' },
    ]);
  });

  it('takes no day that has not come yet for one on which the list was drawn up', () => {
    const mistyped = theirs(ours(3), 4, { postedOn: '2062-06-26' });
    expect(lastDayOf([...rows, mistyped], '2026-06-28')).toBe('2026-06-26');
    expect(lastDayOf([mistyped], '2026-06-28')).toBeNull();
    expect(lastDayOf(rows, '2026-06-26')).toBe('2026-06-26');
  });

  it('is not late by a year that was mistyped', () => {
    const mistyped = theirs(listed, 3, { postedOn: '2062-06-26' });
    expect(reconcile([listed], [mistyped], { drawnUpOn: '2026-06-28' }).breaks).toEqual([]);
  });

  it('nor is what is paid ahead, before the month that it is for; posted in that one it is not late', () => {
    const ahead = ours(2, { exportedOn: '2026-06-20', period: '2026-10' });
    const year = ours(3, { exportedOn: '2026-06-20', period: '2026-01~2026-12' as never, due: '2026-12' });
    const found = reconcile([listed, ahead, year], rows);
    expect(found.breaks).toEqual([]);
    expect(found.notYetDue).toEqual([ahead, year]);
    const inTurn = theirs(ahead, 3, { postedOn: '2026-10-26', period: '2026-10' });
    expect(kinds([ahead], [inTurn])).toEqual([]);
    expect(reconcile([ahead], [{ ...inTurn, postedOn: '2026-12-05' }]).breaks).toMatchObject([
      { kind: 'late' },
    ]);
    expect(reconcile([ahead], [], { drawnUpOn: '2026-10-05' }).breaks).toMatchObject([
      { kind: 'missing-there' },
    ]);
  });

  it('is due where the list says no day at all', () => {
    expect(kinds([listed, late], [theirs(listed, 3, { postedOn: null })])).toEqual([
      'DK-2606-0002 missing-there',
    ]);
  });

  it('is compared where the list has it, and a break where something else stands against it', () => {
    expect(kinds([late], [theirs(late, 3, { postedOn: '2026-06-26', amountFen: 1_001 })])).toEqual([
      'DK-2606-0002 amount',
    ]);
    const reissued = { ...late, bill: { issue: 2, amountFen: 11_000, cancelled: false } };
    expect(kinds([listed, reissued], rows)).toEqual(['DK-2606-0002 reissued']);
    const cancelled = { ...late, bill: { ...late.bill, cancelled: true } };
    expect(reconcile([listed, cancelled], rows).breaks).toMatchObject([{ proposal: 'release' }]);
  });
});

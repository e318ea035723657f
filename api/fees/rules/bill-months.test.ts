import { describe, expect, it } from 'vitest';
import { arrearsOf } from './arrears.ts';
import { dueInOf, dueMonthOf, monthsIn, overlapping } from './bill-months.ts';

const line = (period: string, periodTo?: string, item = '物业服务费') => ({
  ...{ house: 'h1', item, period },
  ...(periodTo !== undefined && { periodTo }),
});

describe('a bill for several months', () => {
  it('is due in the month of its due date, at the latest in its last, else in its first', () => {
    const due = (dueDate?: string) => dueInOf({ ...line('2026-01', '2026-12'), ...(dueDate && { dueDate }) });
    expect([due(), due('2026-03-31'), due('2027-02-28'), due('2025-12-31')]).toEqual([
      ...[undefined, '2026-03', '2026-12', '2026-01'],
    ]);
    // A month's bill keeps its own month, whenever the firm wants it paid.
    expect(dueInOf({ ...line('2026-06'), dueDate: '2026-07-10' })).toBeUndefined();
    expect(dueMonthOf({ period: '2026-01', dueIn: null })).toBe('2026-01');
    expect(monthsIn(line('2026-11', '2027-02'))).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  });

  it('overlaps whatever charges one of its months, by house and item, and bills for one month never do', () => {
    const pairs = (rows: ReturnType<typeof line>[], others: ReturnType<typeof line>[] = []) =>
      Object.values(overlapping(rows, others))
        .flat()
        .map(({ row, other }) => [row.period, other.period]);
    expect(pairs([line('2026-03')], [line('2026-01', '2026-12')])).toEqual([['2026-03', '2026-01']]);
    expect(pairs([line('2026-01', '2026-12')], [line('2026-12')])).toEqual([['2026-01', '2026-12']]);
    expect(pairs([line('2026-01', '2026-03'), line('2026-03', '2026-05')])).toEqual([['2026-03', '2026-01']]);
    expect(pairs([line('2026-01', '2026-12')], [line('2026-01')])).toEqual([['2026-01', '2026-01']]);
    expect(pairs([line('2026-01', '2026-12')], [line('2026-01', '2026-12'), line('2027-01')])).toEqual([]);
    expect(pairs([line('2026-01', '2026-12')], [line('2026-03', undefined, '车位费')])).toEqual([]);
    expect(pairs([line('2026-03'), line('2026-04')], [line('2026-05')])).toEqual([]);
  });

  it('takes the place of the bill of its first month, and is due beside each other one of its months', () => {
    const year = line('2026-01', '2026-12');
    const months = ['2026-01', '2026-02', '2026-03'].map((period) => line(period));
    const { replaced, both } = overlapping([year], months);
    expect(replaced.map(({ other }) => other.period)).toEqual(['2026-01']);
    expect(both.map(({ other }) => other.period)).toEqual(['2026-02', '2026-03']);
    // What the file issues anew stands in it as a row of its own, and counts once.
    const anew = overlapping([year, line('2026-02')], months);
    expect(anew.both.map(({ row, other }) => [row.period, other.period])).toEqual([
      ['2026-01', '2026-03'],
      ['2026-02', '2026-01'],
    ]);
  });

  it('is in arrears only once the month is over that it is due in', () => {
    const year = { id: 'b1', item: '物业服务费', period: '2026-01', dueIn: '2026-06' };
    const issues = [{ ...year, state: 'open' as const, amountFen: 120_000, paidFen: 0 }];
    const owed = (before: string) => arrearsOf({ before, issues, offsetFen: new Map(), said: undefined });
    expect([owed('2026-03'), owed('2026-06'), owed('2026-07')]).toEqual([0, 0, 120_000]);
  });
});

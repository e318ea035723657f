/** What a house owes from before. */
import { describe, expect, it } from 'vitest';
import { arrearsOf, firstMonthOf, issuesBefore, type Issue, type Owed } from './arrears.ts';

const may = (more: Partial<Issue> = {}): Issue => ({
  ...{ id: 'may', item: '物业服务费', period: '2026-05', state: 'open', amountFen: 11_832, paidFen: 8_283 },
  ...more,
});
const owed = (more: Partial<Owed> = {}): number =>
  arrearsOf({ before: '2026-06', issues: [may()], offsetFen: new Map(), said: undefined, ...more });

describe('arrears', () => {
  it('are what earlier bills leave unpaid', () => {
    expect(owed()).toBe(3_549);
    expect(owed({ offsetFen: new Map([['may', 3_000]]) })).toBe(549);
    expect(owed({ before: '2026-05' })).toBe(0);
    expect(owed({ issues: [may({ state: 'cancelled' })] })).toBe(0);
  });

  it('fall by points put against an earlier issue of the bill', () => {
    const issues = [may({ id: 'first', state: 'reissued', amountFen: 12_000 }), may()];
    expect(owed({ issues, offsetFen: new Map([['first', 3_549]]) })).toBe(0);
  });

  it('fall by points put against an earlier issue that was due in a later month', () => {
    const year = { period: '2026-01', amountFen: 120_000, paidFen: 0 };
    const old = may({ ...year, id: 'old', state: 'reissued', dueIn: '2026-06' });
    const issues = [old, may({ ...year, id: 'new', dueIn: null })];
    const offsetFen = new Map([['old', 30_000]]);
    expect(owed({ before: '2026-03', issues, offsetFen })).toBe(90_000);
    expect(issuesBefore('2026-03', issues).map(({ id }) => id)).toEqual(['old', 'new']);
    // And the other way round it is not due before March any more.
    const later = [may({ ...old, dueIn: null }), may({ ...year, id: 'new', dueIn: '2026-06' })];
    expect(issuesBefore('2026-03', later)).toEqual([]);
  });

  it('of months before the household had the house are the seller’s, by our bills or the firm’s figure', () => {
    const issues = [may(), may({ id: 'june', period: '2026-06', amountFen: 1_000, paidFen: 0 })];
    const july = { before: '2026-07', issues };
    expect(owed({ ...july, from: '2026-06' })).toBe(1_000);
    expect(owed({ ...july, from: '2026-07' })).toBe(0);
    // A house's figure has both; what is no bill here may be anybody's, and is asked for.
    const said = (pastDueFen: number, from: string) =>
      owed({ ...july, from, said: { pastDueFen, notCountedFen: 0 } });
    expect(said(4_549, '2026-06')).toBe(1_000);
    expect(said(4_549, '2026-07')).toBe(0);
    expect(said(0, '2026-06')).toBe(0);
  });

  it('of the month in which a house is sold are not the buyer’s; who buys on the first has the whole month', () => {
    expect([firstMonthOf('2026-06-20'), firstMonthOf('2026-12-02'), firstMonthOf('2026-06-01')]).toEqual([
      ...['2026-07', '2027-01', '2026-06'],
    ]);
    // 118.32 of June, of which the seller put 35.49 in points: the buyer's July is free.
    const june = may({ id: 'june', period: '2026-06', paidFen: 0 });
    const july = { before: '2026-07', issues: [june], offsetFen: new Map([['june', 3_549]]) };
    expect(owed({ ...july, from: firstMonthOf('2026-06-20') })).toBe(0);
    expect(owed({ ...july, from: firstMonthOf('2026-06-01') })).toBe(8_283);
  });

  it('of one item are not paid by what is too much on another', () => {
    const issues = [may(), may({ id: 'water', item: '水费', amountFen: 1_000, paidFen: 2_000 })];
    expect(owed({ issues })).toBe(3_549);
  });

  it('are what the firm says, less what it cannot have counted', () => {
    expect(owed({ said: { pastDueFen: 25_200, notCountedFen: 0 } })).toBe(25_200);
    expect(owed({ said: { pastDueFen: 3_549, notCountedFen: 3_549 } })).toBe(0);
    expect(owed({ said: { pastDueFen: 0, notCountedFen: 3_549 } })).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moneyIn, mostly, paidHas } from './points-in-paid.ts';

const row = (paidFen: number, unpaidFen?: number, postedFen = 77, givenFen = 0) => ({
  ...{ sumFen: 10_620, paidFen, unpaidFen, postedFen, givenFen },
});

describe('what was received', () => {
  it('has the points in it where 应收 − 已收 is 欠费 and the firm has posted them', () => {
    expect(paidHas(row(77, 10_543))).toBe('points');
    expect(paidHas(row(10_620, 0))).toBe('points');
    expect(paidHas(row(5_000, 5_543))).toBe('money');
    expect(paidHas(row(10_543, 0))).toBe('money');
  });

  it('has them where the bill would be paid by more than is due, although the file has no 欠费', () => {
    expect(paidHas(row(10_620))).toBe('points');
    expect(paidHas(row(77))).toBe('points');
    expect(paidHas(row(10_543))).toBe('money');
    expect(paidHas(row(5_000))).toBeUndefined();
  });

  it('says nothing of what the firm has in its hands, unless it is beside what was received', () => {
    expect(paidHas(row(10_620, 0, 0, 77))).toBeUndefined();
    expect(paidHas(row(10_543, 0, 0, 77))).toBe('money');
    expect(paidHas(row(0, 10_620))).toBeUndefined();
    expect(paidHas(row(0, 10_543))).toBe('money');
    expect(paidHas(row(10_620, undefined, 0, 77))).toBeUndefined();
  });

  it('is what most of the rows say', () => {
    expect(mostly([row(77, 10_543), row(10_620, 0), row(10_543, 0)])).toEqual({
      ...{ thought: 'points', points: 2, money: 1 },
    });
    expect(mostly([row(5_000)]).thought).toBeUndefined();
  });

  it('is money as far as it is no points: what is still to pay is never below zero and no points count twice', () => {
    const all = fc.record({
      sumFen: fc.nat(50_000),
      share: fc.nat(100),
      cash: fc.nat(100),
      isPosted: fc.boolean(),
    });
    fc.assert(
      fc.property(all, ({ sumFen, share, cash, isPosted }) => {
        const offsetFen = Math.floor((sumFen * share) / 100);
        const cashFen = Math.floor(((sumFen - offsetFen) * cash) / 100);
        const of = isPosted ? { postedFen: offsetFen, givenFen: 0 } : { postedFen: 0, givenFen: offsetFen };
        const money = moneyIn({ sumFen, paidFen: cashFen + offsetFen, ...of });
        // Before its list comes, the firm may have counted them in what was paid in part, or not.
        if (isPosted || cashFen + offsetFen === sumFen || cashFen === 0) expect(money).toBe(cashFen);
        expect(sumFen - money - offsetFen).toBeLessThanOrEqual(sumFen - cashFen - offsetFen);
        expect(money).toBeLessThanOrEqual(cashFen + offsetFen);
        expect(money + offsetFen).toBeLessThanOrEqual(sumFen);
      }),
    );
  });
});

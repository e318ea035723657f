import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { houseStatement, type HouseBill } from './house-statement.ts';

const bill = (id: string, period: string, amountFen: number, paidFen = 0, offsetFen = 0): HouseBill => ({
  ...{ id, period, amountFen, paidFen, offsetFen },
});

describe('what a house owes', () => {
  it('is what was owed before, and what was billed, less what was paid and offset', () => {
    const { lines, sums } = houseStatement(
      [
        bill('april', '2026-04', 10_000, 10_000),
        bill('may', '2026-05', 5_000, 1_000),
        bill('june', '2026-06', 11_832, 0, 3_549),
        bill('car', '2026-06', 8_000, 8_500),
        bill('july', '2026-07', 11_832),
      ],
      { from: '2026-06', to: '2026-06' },
    );
    expect(lines.map(({ id, toPayFen }) => [id, toPayFen])).toEqual([
      ['june', 8_283],
      ['car', 0],
    ]);
    expect(sums).toEqual({
      ...{ openingFen: 4_000, billedFen: 19_832, paidFen: 8_500, offsetFen: 3_549 },
      ...{ overFen: 500, closingFen: 12_283, laterFen: 11_832 },
    });
  });

  it('of a year stands on the sheet of the month that it is due in, and before that is said to come', () => {
    const year = { ...bill('year', '2026-01', 120_000, 0, 5_000), dueIn: '2026-06' };
    const of = (month: string) => houseStatement([year], { from: month, to: month });
    expect(of('2026-01')).toMatchObject({ lines: [], sums: { closingFen: 0, laterFen: 115_000 } });
    expect(of('2026-06').lines).toMatchObject([{ id: 'year', toPayFen: 115_000 }]);
    expect(of('2026-06').sums).toMatchObject({ openingFen: 0, closingFen: 115_000, laterFen: 0 });
    expect(of('2026-07').sums).toMatchObject({ openingFen: 115_000, closingFen: 115_000 });
  });

  it('adds up over any months, and is the same in one piece or in two', () => {
    const fen = fc.nat(20_000);
    const period = fc.constantFrom('2026-01', '2026-02', '2026-03', '2026-04');
    const one = fc.record({ id: fc.uuid(), period, amountFen: fen, paidFen: fen, offsetFen: fen });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (bills) => {
        const whole = houseStatement(bills, { from: '2026-01', to: '2026-04' }).sums;
        const first = houseStatement(bills, { from: '2026-01', to: '2026-02' }).sums;
        const rest = houseStatement(bills, { from: '2026-03', to: '2026-04' }).sums;
        expect(rest.openingFen).toBe(first.closingFen);
        expect(rest.closingFen).toBe(whole.closingFen);
        expect(whole.closingFen).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

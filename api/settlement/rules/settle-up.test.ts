import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLessThanAFen, Lines, settleUp, type Taking } from './settle-up.ts';

function linesOf(takings: readonly Taking[]) {
  const lines = new Lines();
  for (const taking of takings) lines.add(taking);
  return lines.all();
}

const con = { fund: 'shop', unit: 'CON', redeemer: 'M', rateMicro: 10_000, factor: 10_000 };
const vol = { fund: 'community', unit: 'VOL', redeemer: 'M', rateMicro: 100_000, factor: 10_000 };

describe('a settlement', () => {
  it('3,189 CON and 36 VOL are 35.49: 31.89 of the shop’s fund and 3.60 of the community’s', () => {
    const lines = linesOf([
      { ...con, points: 3_189, worthMicro: 31_890_000 },
      { ...vol, points: 36, worthMicro: 3_600_000 },
    ]);
    expect(lines.map(({ fund, takenMicro }) => [fund, takenMicro])).toEqual([
      ['community', 3_600_000],
      ['shop', 31_890_000],
    ]);
    expect(settleUp(0, lines)).toMatchObject({ netFen: 3_549, carriedOutMicro: 0, concededMicro: 0 });
  });

  it('at 0.95 the payer keeps five hundredths, and what is less than a fen is carried', () => {
    const lines = linesOf([{ ...con, factor: 9_500, points: 7, worthMicro: 66_500 }]);
    expect(settleUp(0, lines)).toEqual({
      ...{ takenMicro: 66_500, returnedMicro: 0, concededMicro: 3_500 },
      ...{ netFen: 6, carriedOutMicro: 6_500 },
    });
    // The next month's seven make it thirteen tenths.
    expect(settleUp(6_500, lines)).toMatchObject({ netFen: 7, carriedOutMicro: 3_000 });
  });

  it('whoever gave back more than was taken is paid nothing, until it is made up for', () => {
    const back = linesOf([{ ...vol, points: -36, worthMicro: -3_600_000 }]);
    const owing = settleUp(0, back);
    expect(owing).toMatchObject({ netFen: 0, carriedOutMicro: -3_600_000 });
    expect(isLessThanAFen(owing)).toBe(false);
    expect([-9_999, 9_999].map((micro) => isLessThanAFen(settleUp(micro, [])))).toEqual([true, true]);
    const next = linesOf([{ ...vol, points: 40, worthMicro: 4_000_000 }]);
    expect(settleUp(owing.carriedOutMicro, next)).toMatchObject({ netFen: 40, carriedOutMicro: 0 });
  });

  it('whatever is taken and given back in whatever months: what was settled and what is carried is what was taken', () => {
    const taking = fc.record({
      of: fc.constantFrom(con, vol, { ...con, factor: 9_333 }),
      points: fc.integer({ min: -5_000, max: 5_000 }).filter((points) => points !== 0),
    });
    fc.assert(
      fc.property(fc.array(fc.array(taking, { maxLength: 8 }), { maxLength: 12 }), (months) => {
        let [carried, settled, all] = [0, 0, 0n];
        for (const month of months) {
          const takings = month.map(({ of, points }): Taking => ({
            ...{ ...of, points },
            worthMicro: (points * of.rateMicro * of.factor) / 10_000,
          }));
          for (const { of, points } of month)
            all += BigInt(points) * BigInt(of.rateMicro) * BigInt(of.factor);
          const sums = settleUp(carried, linesOf(takings));
          expect(sums.netFen).toBeGreaterThanOrEqual(0);
          expect(sums.carriedOutMicro).toBeLessThan(10_000);
          settled += sums.netFen;
          carried = sums.carriedOutMicro;
        }
        expect(BigInt(settled * 10_000 + carried) * 10_000n).toBe(all);
      }),
    );
  });
});

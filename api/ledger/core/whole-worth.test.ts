/** A value made of points that may each be worth a part of a fen. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointsInWholeFen, pointsTowards, type Worthy } from './whole-worth.ts';

const FEN = 10_000;
const WORTHS = { WHOLE: 10_000, TEN: 100_000, HALF: 5_000, QUARTER: 12_500, THIRDS: 3_333, BIG: 30_000 };
type Unit = keyof typeof WORTHS;
const of = (unit: Unit, available: number): Worthy => ({ unit, available, worthMicro: WORTHS[unit] });
const worthOf = (points: readonly number[], holdings: readonly Worthy[]) =>
  points.reduce((sum, n, at) => sum + n * holdings[at]!.worthMicro, 0);

describe('points towards a value', () => {
  it('an odd point is in no other point’s way', () => {
    expect(pointsTowards(3_549 * FEN, [of('HALF', 1_001), of('TEN', 36)])).toEqual([1_000, 36]);
    expect(pointsTowards(3_549 * FEN, [of('QUARTER', 1_001), of('TEN', 36)])).toEqual([1_000, 36]);
    expect(pointsTowards(3_549 * FEN, [of('THIRDS', 3), of('TEN', 360)])).toEqual([0, 354]);
  });

  it('points of one unit make whole fen together, whenever they end', () => {
    expect(pointsTowards(FEN, [of('HALF', 1), of('TEN', 1), of('HALF', 5)])).toEqual([1, 0, 1]);
    // What the half fen that was begun still needs is not given to whoever stands between.
    expect(pointsTowards(11 * FEN, [of('HALF', 1), of('TEN', 1), of('HALF', 5)])).toEqual([1, 1, 1]);
    expect(pointsTowards(10 * FEN, [of('HALF', 1), of('TEN', 1), of('HALF', 5)])).toEqual([1, 0, 5]);
  });

  it.each([
    [10_000, 1],
    [100_000, 1],
    [5_000, 2],
    [12_500, 4],
    [6_700, 100],
    [6_667, 10_000],
  ])('of %d micro-yuan each, %d are whole fen', (worthMicro, points) => {
    expect(pointsInWholeFen(worthMicro)).toBe(points);
  });

  it('amounts as large as they get stay exact', () => {
    const most = { unit: 'U', available: Number.MAX_SAFE_INTEGER, worthMicro: 1 };
    const [one, other] = pointsTowards(Number.MAX_SAFE_INTEGER, [most, most]);
    expect(one).toBe(Number.MAX_SAFE_INTEGER - (Number.MAX_SAFE_INTEGER % FEN));
    expect(other).toBe(0);
  });
});

const anyUnit = fc.constantFrom(...(Object.keys(WORTHS) as Unit[]));
const anyHoldings = (most: number, maxLength: number) =>
  fc.array(
    fc.tuple(anyUnit, fc.nat(most)).map(([unit, n]) => of(unit, n)),
    { maxLength },
  );

it('each unit is whole fen, first come first taken, and no group that is left would fit', () => {
  fc.assert(
    fc.property(anyHoldings(400, 8), fc.nat(9_000 * FEN), (holdings, value) => {
      const points = pointsTowards(value, holdings);
      const worth = worthOf(points, holdings);
      expect(worth).toBeLessThanOrEqual(value);
      for (const unit of new Set(holdings.map((one) => one.unit))) {
        const its = holdings.flatMap((one, at) =>
          one.unit === unit ? [{ ...one, points: points[at]! }] : [],
        );
        const { worthMicro } = its[0]!;
        const taken = its.reduce((sum, one) => sum + one.points, 0);
        expect((taken * worthMicro) % FEN).toBe(0);
        const short = its.findIndex((one) => one.points < one.available);
        if (short >= 0) expect(its.slice(short + 1).every((one) => one.points === 0)).toBe(true);
        const kept = its.reduce((sum, one) => sum + one.available - one.points, 0);
        const group = pointsInWholeFen(worthMicro);
        if (kept >= group) expect(group * worthMicro).toBeGreaterThan(value - worth);
      }
      expect(pointsTowards(worth, holdings)).toEqual(points);
    }),
    { numRuns: 2_000 },
  );
});

it('nothing that comes earlier could have given more (against every possibility)', () => {
  fc.assert(
    fc.property(anyHoldings(5, 4), fc.nat(40 * FEN), (holdings, value) => {
      const isAllowed = (points: readonly number[]) =>
        worthOf(points, holdings) <= value &&
        holdings.every(
          ({ unit, worthMicro }) =>
            (worthMicro * points.reduce((sum, n, at) => (holdings[at]!.unit === unit ? sum + n : sum), 0)) %
              FEN ===
            0,
        );
      // Counted down from all that there is, the first that is allowed gives the most of what comes first.
      const firstAllowed = (begun: number[]): number[] | undefined => {
        const next = holdings[begun.length];
        if (!next) return isAllowed(begun) ? begun : undefined;
        for (let n = next.available; n >= 0; n--) {
          const found = firstAllowed([...begun, n]);
          if (found) return found;
        }
        return undefined;
      };
      expect(pointsTowards(value, holdings)).toEqual(firstAllowed([]));
    }),
    { numRuns: 500 },
  );
});

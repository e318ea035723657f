import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideRounded, Exact, round, ROUNDINGS, share, toSafe } from './round.ts';

describe('the one rounding function', () => {
  it.each([
    ['down', 25n, 10n, 2n],
    ['down', -25n, 10n, -2n],
    ['up', 21n, 10n, 3n],
    ['up', -21n, 10n, -3n],
    ['half-up', 24n, 10n, 2n],
    ['half-up', 25n, 10n, 3n],
    ['half-up', -25n, 10n, -3n],
    ['half-even', 25n, 10n, 2n],
    ['half-even', 35n, 10n, 4n],
    ['half-even', 26n, 10n, 3n],
    ['half-even', 25n, -10n, -2n],
  ] as const)('%s: %s / %s is %s', (mode, top, bottom, expected) => {
    expect(divideRounded(top, bottom, mode)).toBe(expected);
  });

  it('treats a division by zero as a bug', () => {
    expect(() => divideRounded(1n, 0n, 'down')).toThrow(RangeError);
  });

  it('is never further from the exact value than one, and a half where it rounds to the nearest', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 18n), 10n ** 18n),
        fc.bigInt(1n, 10n ** 9n),
        fc.constantFrom(...ROUNDINGS),
        (top, bottom, mode) => {
          const error = divideRounded(top, bottom, mode) * bottom - top;
          const size = error < 0n ? -error : error;
          expect(size < bottom).toBe(true);
          if (mode.startsWith('half')) expect(size * 2n <= bottom).toBe(true);
        },
      ),
    );
  });

  it('rounds an amount and its negative to opposite amounts, so that a reversal cancels', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(1n, 10_000n), fc.constantFrom(...ROUNDINGS), (top, bottom, mode) => {
        expect(divideRounded(-top, bottom, mode)).toBe(-divideRounded(top, bottom, mode));
      }),
    );
  });

  it('takes 30 % of 118.32 as 35.49, not 35.50', () => {
    expect(share(11_832, '0.3', 'down')).toBe(3_549);
    expect(share(11_832, '0.3', 'half-up')).toBe(3_550);
  });

  it('is exact where floating-point numbers are not: 1.1 × 1.1 × 100 is 121 and no more', () => {
    expect(Math.ceil(1.1 * 1.1 * 100)).toBe(122);
    expect(round(new Exact('1.1').times('1.1').times(100), 'up')).toBe(121);
  });

  it('makes a result that is not a safe integer a bug', () => {
    expect(() => round(new Exact('9007199254740992'), 'down')).toThrow(RangeError);
    expect(() => round(new Exact(1).div(0), 'down')).toThrow(RangeError);
    expect(() => toSafe(-(2n ** 53n))).toThrow(RangeError);
    expect(toSafe(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

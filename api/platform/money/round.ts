/**
 * Protects: there is one rounding function. Whatever is cut anywhere in Linli is cut here, exactly, on integers,
 * so that 140,000 roundings of a tenth of a fen cannot make or lose money unseen.
 */
import { Decimal } from 'decimal.js';

/**
 * `down` cuts towards zero, `up` goes away from zero; `half-up` (四舍五入) sends a half away from zero, `half-even`
 * (四舍六入五成双) to the even neighbour.
 */
export type Rounding = 'down' | 'up' | 'half-up' | 'half-even';
export const ROUNDINGS = ['down', 'up', 'half-up', 'half-even'] as const satisfies readonly Rounding[];

/** Products of fractions are exact up to 60 digits: far beyond a safe integer times a handful of factors. */
export const Exact = Decimal.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });
export type Exact = Decimal;

/** `numerator / denominator` as a whole number. A denominator of zero is a bug, not a refusal. */
export function divideRounded(numerator: bigint, denominator: bigint, mode: Rounding): bigint {
  if (denominator === 0n) throw new RangeError('divideRounded: the denominator is zero');
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const whole = top / bottom;
  const rest = top % bottom;
  const size = whole + (goesUp(rest, bottom, whole, mode) ? 1n : 0n);
  return negative ? -size : size;
}

function goesUp(rest: bigint, bottom: bigint, whole: bigint, mode: Rounding): boolean {
  if (rest === 0n || mode === 'down') return false;
  if (mode === 'up') return true;
  if (rest * 2n !== bottom) return rest * 2n > bottom;
  return mode === 'half-up' || whole % 2n === 1n;
}

/** A decimal as a safe integer. What does not fit is a bug: rules bound their inputs before they multiply. */
export function round(value: Exact, mode: Rounding): number {
  if (!value.isFinite()) throw new RangeError('round: the value is not finite');
  const places = value.decimalPlaces();
  const scaled = BigInt(value.times(Exact.pow(10, places)).toFixed(0));
  return toSafe(divideRounded(scaled, 10n ** BigInt(places), mode));
}

/** A whole share of a whole amount: `share(11832, '0.3', 'down')` is 3549. */
export function share(amount: number, fraction: string, mode: Rounding): number {
  return round(new Exact(amount).times(fraction), mode);
}

/** An integer that every part of Linli, its databases and JSON can carry. */
export function toSafe(value: bigint): number {
  const amount = Number(value);
  if (!Number.isSafeInteger(amount)) throw new RangeError('the amount is not a safe integer');
  return amount;
}

/**
 * Protects: amounts are safe integers, and a product never passes through a floating-point number.
 * Points are counted in the unit's smallest step, money in micro-yuan (CNY6).
 */
export type Amount = number;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const MICRO_PER_FEN = 10_000;
export const FACTOR_ONE = 10_000;

export function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** Two safe integers make an exact sum or an unsafe one, which becomes NaN: nothing brings it back into range. */
export function exactSum(a: number, b: number): number {
  return Number.isSafeInteger(a + b) ? a + b : NaN;
}

/** Micro-yuan owed for `points` at `rateMicro` a point and a factor in ten-thousandths; undefined when it is not a whole, safe number. */
export function worthMicro(points: Amount, rateMicro: number, factor: number): Amount | undefined {
  if (factor === FACTOR_ONE) {
    const product = points * rateMicro;
    if (Number.isSafeInteger(product)) return product;
  }
  const product = BigInt(points) * BigInt(rateMicro) * BigInt(factor);
  const one = BigInt(FACTOR_ONE);
  if (product % one !== 0n) return undefined;
  const worth = Number(product / one);
  return Number.isSafeInteger(worth) ? worth : undefined;
}

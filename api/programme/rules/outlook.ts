/** Protects: whoever gives points hears in time that the budget runs out, and is not told so of one that nobody uses. */
export const LOOKED_BACK_DAYS = 30;

/** For how many whole days what is left lasts at the pace of the days looked back on; undefined where nothing was used. */
export function lastsDays(left: number, usedMeanwhile: number): number | undefined {
  if (left <= 0) return 0;
  if (usedMeanwhile <= 0) return undefined;
  return Number((BigInt(left) * BigInt(LOOKED_BACK_DAYS)) / BigInt(usedMeanwhile));
}

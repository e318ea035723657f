/** Points that will end if nobody uses them, by the month of their last day. */
import { monthOf, NEVER, type Instant, type Month } from '../../programme/index.ts';

/** `promised`: it has ended, and is kept for whoever accepted it. */
export type Live = { expiresAt: Instant; points: number; worthMicro: number; promised?: boolean };
/** `month`: undefined for points that never end, and for those that are promised. */
export type Ending = { month: Month | undefined; points: number; worthMicro: number; promised?: true };

/** What is promised first, then the next month, what never ends last; a month in which nothing ends is left out. */
export function endingsOf(live: readonly Live[]): Ending[] {
  const months = new Map<string, Ending>();
  for (const { expiresAt, points, worthMicro, promised } of live) {
    const month = promised || expiresAt >= NEVER ? undefined : monthOf(expiresAt - 1);
    const key = promised ? '' : (month ?? '9999-12');
    const known = months.get(key) ?? { month, points: 0, worthMicro: 0, ...(promised && { promised }) };
    months.set(key, { ...known, points: known.points + points, worthMicro: known.worthMicro + worthMicro });
  }
  return [...months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, ending]) => ending)
    .filter(({ points }) => points !== 0);
}

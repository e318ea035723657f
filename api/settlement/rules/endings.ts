/** Points that will end if nobody uses them, by the month of their last day. */
import { monthOf, NEVER, type Instant, type Month } from '../../programme/index.ts';

export type Live = { expiresAt: Instant; points: number; worthMicro: number };
/** `month`: undefined for points that never end. */
export type Ending = { month: Month | undefined; points: number; worthMicro: number };

/** The next month first, what never ends last; a month in which nothing ends is left out. */
export function endingsOf(live: readonly Live[]): Ending[] {
  const months = new Map<Month, Ending>();
  for (const { expiresAt, points, worthMicro } of live) {
    const month = expiresAt >= NEVER ? undefined : monthOf(expiresAt - 1);
    const key = month ?? '9999-12';
    const known = months.get(key) ?? { month, points: 0, worthMicro: 0 };
    months.set(key, { month, points: known.points + points, worthMicro: known.worthMicro + worthMicro });
  }
  return [...months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, ending]) => ending)
    .filter(({ points }) => points !== 0);
}

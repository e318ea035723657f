/**
 * The day on which the firm posted or returned what is booked after its month was closed: a late correction is of the month
 * that is open, and keeps when it was. Pure.
 */
import { monthOf, startOfDay, type Day, type Instant, type Month } from '../../programme/rules/index.ts';

/**
 * Undefined where its month is not closed: what is booked a few days into the next one corrects nothing. Never before what
 * it corrects. `closed`: the months of its place.
 */
export function originalInstant(
  day: Day | null,
  { now, notBefore, closed }: { now: Instant; notBefore: Instant; closed: readonly Month[] },
): Instant | undefined {
  if (day === null || day.slice(0, 7) >= monthOf(now)) return undefined;
  const at = Math.max(startOfDay(day), notBefore);
  return at < now && closed.includes(monthOf(at)) ? at : undefined;
}

/**
 * The day on which the firm posted or returned what is booked in a later month: a late correction is of the month that is
 * open, and keeps when it was. Pure.
 */
import { monthOf, startOfDay, type Day, type Instant } from '../../programme/rules/index.ts';

/** Undefined where it is of the month that runs, or is still to come; never before what it corrects. */
export function originalInstant(
  day: Day | null,
  { now, notBefore }: { now: Instant; notBefore: Instant },
): Instant | undefined {
  if (day === null || day.slice(0, 7) >= monthOf(now)) return undefined;
  const at = Math.max(startOfDay(day), notBefore);
  return at < now && monthOf(at) < monthOf(now) ? at : undefined;
}

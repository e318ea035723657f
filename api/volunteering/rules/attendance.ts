/**
 * Protects: only time within the activity counts, and nobody serves in two places at once (trap 14).
 */
import type { Instant } from '../../programme/rules/index.ts';

export type Span = { from: Instant; to: Instant };

const MINUTE_MS = 60_000;

/** Whole minutes of presence within the activity: coming early or staying on adds nothing. */
export function servedMinutes(activity: Span, attended: Span): number {
  const from = Math.max(activity.from, attended.from);
  const to = Math.min(activity.to, attended.to);
  return Math.max(0, Math.floor((to - from) / MINUTE_MS));
}

/** The other services of the same person that share time with this one. Ending when the next begins is no overlap. */
export function overlapsWith<Other extends Span>(attended: Span, others: readonly Other[]): Other[] {
  return others.filter((other) => attended.from < other.to && other.from < attended.to);
}

/**
 * Money that came after a file said what a house owes from before: that file cannot have counted it, and a resident who has
 * paid is not refused for it. Pure.
 */
import type { Instant } from '../../programme/rules/index.ts';

/** When what is paid of a bill was said otherwise, and what it had been until then; the oldest first. */
export type PaidWas = readonly { at: Instant; fen: number }[];
type Paid = { paidFen: number; paidWas?: PaidWas | null };

/** News of a year; what is older no file of today goes by. */
const MOST_KEPT = 12;

/** Of a bill of which another sum is paid than before. */
export function paidWasOf(before: Paid, at: Instant): PaidWas {
  return [...(before.paidWas ?? []), { at, fen: before.paidFen }].slice(-MOST_KEPT);
}

/** In fen, over the issues that stand. */
export function receivedSince(issues: readonly (Paid & { state: string })[], at: Instant): number {
  return issues
    .filter(({ state }) => state === 'open')
    .reduce((sum, { paidFen, paidWas }) => {
      const was = paidWas?.find((news) => news.at > at);
      return sum + (was ? Math.max(0, paidFen - was.fen) : 0);
    }, 0);
}

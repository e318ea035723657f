/** Protects: months close in the calendar of Asia/Shanghai (UTC+8, no daylight saving time). */
import type { Instant } from './amount.ts';

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
let lastMonth = '';
let lastStart = 0;
let lastEnd = 0;

/** The month of an instant as 'YYYY-MM'. The last answer is kept: a batch asks for one month thousands of times. */
export function monthOf(at: Instant): string {
  if (at >= lastStart && at < lastEnd) return lastMonth;
  const local = new Date(at + SHANGHAI_OFFSET_MS);
  const year = local.getUTCFullYear();
  const month = local.getUTCMonth();
  lastStart = Date.UTC(year, month, 1) - SHANGHAI_OFFSET_MS;
  lastEnd = Date.UTC(year, month + 1, 1) - SHANGHAI_OFFSET_MS;
  lastMonth = `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}`;
  return lastMonth;
}

/** The tally that is 1 while the month of a place is closed. */
export function closureKey(place: string, month: string): string {
  return `closed:${place}:${month}`;
}

/** Protects: months close in the calendar of Asia/Shanghai (UTC+8, no daylight saving time). */
import type { Instant } from './amount.ts';
import type { Tally } from './command.ts';

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
let lastMonth = '';
let lastNumber = 0;
let lastStart = 0;
let lastEnd = 0;

/** The month of an instant as 'YYYY-MM'. The last answer is kept: a batch asks for one month thousands of times. */
export function monthOf(at: Instant): string {
  lookUp(at);
  return lastMonth;
}

/** The month of an instant as a whole number; months that follow each other have numbers that do. */
export function monthNumberOf(at: Instant): number {
  lookUp(at);
  return lastNumber;
}

function lookUp(at: Instant): void {
  if (at >= lastStart && at < lastEnd) return;
  const local = new Date(at + SHANGHAI_OFFSET_MS);
  const year = local.getUTCFullYear();
  const month = local.getUTCMonth();
  lastStart = Date.UTC(year, month, 1) - SHANGHAI_OFFSET_MS;
  lastEnd = Date.UTC(year, month + 1, 1) - SHANGHAI_OFFSET_MS;
  lastMonth = `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}`;
  lastNumber = numberOf(year, month + 1);
}

function numberOf(year: number, month: number): number {
  return year * 12 + month;
}

/** The tally that stands at the number of a place's latest closed month, and at 0 while none is closed. */
export function closedThroughKey(place: string): string {
  return `closed-through:${place}`;
}

/**
 * Moves a place's latest closed month (`YYYY-MM`, undefined for none) from the one that was read to another, on or
 * back. Refused as `version-conflict` when it is not that one any more.
 */
export function closeThrough(
  place: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Tally {
  const was = numberNamed(from);
  return { key: closedThroughKey(place), add: numberNamed(to) - was, was };
}

function numberNamed(month: string | undefined): number {
  return month === undefined ? 0 : numberOf(Number(month.slice(0, 4)), Number(month.slice(5)));
}

/**
 * The programme's calendar: days, weeks, months, quarters and years as Asia/Shanghai has them (UTC+8; no daylight
 * saving time since 1992, and nothing here is older).
 *
 * Protects: every end of a period is *exclusive*, the first instant after it. A point that "ends on 31 December" can
 * be spent until its last millisecond and not in the first of January, and nobody adds or takes away a millisecond.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** `2026-06-13` */
export type Day = string;
/** `2026-06` */
export type Month = string;
/** `month`, `quarter` and `year` are the buckets that points may end with. */
export type Bucket = 'month' | 'quarter' | 'year';
export type Period = { start: Instant; end: Instant };

export const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

/** 9999-12-31 in Asia/Shanghai, the end of what never ends: a NULL would defeat uniqueness. */
export const NEVER: Instant = Date.UTC(9999, 11, 30, 16);

/** A Date whose UTC fields read as the wall clock in Shanghai. */
function wall(at: Instant): Date {
  return new Date(at + OFFSET_MS);
}

/** Midnight in Shanghai; months and days beyond their range roll over, as Date.UTC does. */
function midnight(year: number, month: number, day: number): Instant {
  return Date.UTC(year, month - 1, day) - OFFSET_MS;
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

export function dayOf(at: Instant): Day {
  return wall(at).toISOString().slice(0, 10);
}

export function monthOf(at: Instant): Month {
  return dayOf(at).slice(0, 7);
}

/** `2026-Q2` */
export function quarterOf(at: Instant): string {
  const local = wall(at);
  return `${local.getUTCFullYear()}-Q${Math.floor(local.getUTCMonth() / 3) + 1}`;
}

export function yearOf(at: Instant): number {
  return wall(at).getUTCFullYear();
}

/** The ISO week, Monday to Sunday, as `2026-W24`; it belongs to the year of its Thursday. */
export function weekOf(at: Instant): string {
  const thursday = at + (4 - weekdayOf(dayOf(at))) * DAY_MS;
  const year = yearOf(thursday);
  return `${year}-W${pad(Math.floor((thursday - midnight(year, 1, 1)) / (7 * DAY_MS)) + 1)}`;
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(startOfDay(day) + OFFSET_MS).getUTCDay() || 7;
}

export function isWeekend(day: Day): boolean {
  return weekdayOf(day) >= 6;
}

/** The day that a text names, if it is written `YYYY-MM-DD` and exists: 2026-02-29 does not. */
export function parseDay(text: string): Day | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return undefined;
  const at = midnight(Number(found[1]), Number(found[2]), Number(found[3]));
  return Number(found[1]) >= 1992 && dayOf(at) === text ? text : undefined;
}

/** The month that a text names, if it is written `YYYY-MM` and exists. */
export function parseMonth(text: string): Month | undefined {
  return parseDay(`${text}-01`) === undefined ? undefined : text;
}

export function startOfDay(day: Day): Instant {
  const at = Date.parse(`${day}T00:00:00+08:00`);
  if (Number.isNaN(at)) throw new RangeError('not a day of the calendar');
  return at;
}

/** The first instant of the day after. */
export function endOfDay(day: Day): Instant {
  return startOfDay(day) + DAY_MS;
}

export function addDays(day: Day, days: number): Day {
  return dayOf(startOfDay(day) + days * DAY_MS);
}

export function addMonths(month: Month, months: number): Month {
  const [year, current] = partsOf(month);
  return monthOf(midnight(year, current + months, 1));
}

/** Whole days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (startOfDay(to) - startOfDay(from)) / DAY_MS;
}

/** `start` is its first instant, `end` the first instant of the next month. */
export function periodOfMonth(month: Month): Period {
  const [year, current] = partsOf(month);
  return { start: midnight(year, current, 1), end: midnight(year, current + 1, 1) };
}

/** The month, quarter or year around an instant, or the one `later` buckets after it. */
export function bucketOf(at: Instant, bucket: Bucket, later = 0): Period {
  const local = wall(at);
  const months = { month: 1, quarter: 3, year: 12 }[bucket];
  const first = Math.floor(local.getUTCMonth() / months) * months + 1 + later * months;
  const year = local.getUTCFullYear();
  return { start: midnight(year, first, 1), end: midnight(year, first + months, 1) };
}

/** The last day on which something with this exclusive end is still good; undefined when it never ends. */
export function lastDayBefore(end: Instant): Day | undefined {
  return end >= NEVER ? undefined : dayOf(end - 1);
}

function partsOf(month: Month): [year: number, month: number] {
  return [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
}

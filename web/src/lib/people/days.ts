/** Days as people write them, and the instants of a role: from the first moment of a day in Shanghai, up to its end. */
const DAY_MS = 24 * 3_600_000;

/** A day that there is, as `2026-06-30`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Which of the two days of a role cannot be read, by the API's names; empty ones can be left out. */
export function unreadableDays({ from, until }: { from: string; until: string }): {
  validFrom?: true;
  validTo?: true;
} {
  const isWrong = (text: string) => text !== '' && !isDay(text);
  return { ...(isWrong(from) && { validFrom: true }), ...(isWrong(until) && { validTo: true }) };
}

/** `until` is the last day; a role ends when the next one begins. Empty days are left out: from now on, without an end. */
export function validOf({ from, until }: { from: string; until: string }): {
  validFrom?: string;
  validTo?: string;
} {
  return {
    ...(isDay(from) ? { validFrom: `${from}T00:00:00+08:00` } : {}),
    ...(isDay(until) ? { validTo: `${dayAfter(until)}T00:00:00+08:00` } : {}),
  };
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

/** The last day of what ends when `end` begins. */
export function dayBefore(end: string): string {
  return new Date(Date.parse(end) - DAY_MS).toISOString().slice(0, 10);
}

/** The last moment before an end, for whoever reads it as a day. */
export function lastMoment(end: string): number {
  return Date.parse(end) - 1;
}

/** Today in Shanghai. */
export function today(now = Date.now()): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
}

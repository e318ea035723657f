const dayMs = 86_400_000;

/** Whole days from today in Shanghai to a day such as `2026-06-25`; 0 today, and below it once the day is gone. */
export function daysUntil(day: string, now: number): number {
  const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
  return Math.round((Date.parse(day) - Date.parse(today)) / dayMs);
}

const shanghaiMs = 8 * 3_600_000;

/** The months around now in Shanghai, as `2026-06`, newest first: `ahead` still to come, `back` gone by. */
export function monthsAround(now: number, { ahead, back }: { ahead: number; back: number }): string[] {
  const today = new Date(now + shanghaiMs);
  const months: string[] = [];
  for (let shift = ahead; shift >= -back; shift--) {
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + shift, 1));
    months.push(first.toISOString().slice(0, 7));
  }
  return months;
}

interface Closure {
  readonly id: string;
  readonly month: string;
  readonly state: 'closed' | 'reopened';
}

/**
 * Months are closed one after the other, and opened again from the latest one back: `latest` is the closure that may be
 * opened again, `next` the month that is closed next. Both null before the first.
 */
export function turnOf(closures: readonly Closure[]): { latest: string | null; next: string | null } {
  const [latest] = closures
    .filter(({ state }) => state === 'closed')
    .toSorted((one, other) => other.month.localeCompare(one.month));
  return latest === undefined
    ? { latest: null, next: null }
    : { latest: latest.id, next: monthAfter(latest.month) };
}

/** What may be closed now: the next month once it is over; for the first time, one of the last twelve. */
export function monthsToClose(next: string | null, now: number): string[] {
  const [present = '', ...past] = monthsAround(now, { ahead: 0, back: 12 });
  if (next === null) return past;
  return next < present ? [next] : [];
}

function monthAfter(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}

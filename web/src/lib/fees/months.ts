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

const YEARS_BACK = 5;

/** Months that a list can be asked for, the newest first: those of some years, and the one that is shown. */
export function monthsToChoose(now: number, shown: string | null): string[] {
  const months = monthsAround(now, { ahead: 1, back: YEARS_BACK * 12 });
  if (shown === null || months.includes(shown)) return months;
  return [...months, shown].sort().reverse();
}

interface Closure {
  readonly id: string;
  readonly month: string;
  readonly state: 'closed' | 'reopened';
}

/** The closure that may be opened again: that of the latest closed month. Null where none is closed. */
export function latestClosed(closures: readonly Closure[]): string | null {
  const [latest] = closures
    .filter(({ state }) => state === 'closed')
    .toSorted((one, other) => other.month.localeCompare(one.month));
  return latest?.id ?? null;
}

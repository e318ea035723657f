/** For which estate somebody's movements count: the one they live in on that day. */
export type Lived = { estate: string; since: string; until: string | null };

/**
 * Who has homes in several estates counts where they were counted before, and at first where they moved in first, so
 * that nobody counts twice. '' for somebody who lives in none of them on that day.
 */
export function homeOn(homes: readonly Lived[], day: string, before: string | undefined): string {
  const now = homes.filter(({ since, until }) => since <= day && (until === null || until > day));
  if (now.some(({ estate }) => estate === before)) return before ?? '';
  return now[0]?.estate ?? '';
}

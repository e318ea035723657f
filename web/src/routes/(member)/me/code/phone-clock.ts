/** What an answer takes on its way, and a little more: a difference below it is no fault of the phone's clock. */
const toleratedMs = 10_000;

/**
 * An instant of ours as the phone's clock will show it, where that clock is wrong: a code's minute is counted by ours,
 * or a phone ten minutes fast would see every code end at once, and ask for one after another.
 */
export function byPhoneClock(at: string, now: { phone: number; ours: number }): string {
  const aheadMs = now.phone - now.ours;
  return Math.abs(aheadMs) < toleratedMs ? at : new Date(Date.parse(at) + aheadMs).toISOString();
}

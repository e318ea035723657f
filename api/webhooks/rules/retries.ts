/** When a message is sent again that nobody took, and when it is given up: after 5 s … 10 h, a day and a quarter in all. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const PAUSES_MS = [
  ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR],
] as const;

/** After so many tries; undefined for never again. */
export function nextTry(tries: number, now: number): number | undefined {
  const pause = PAUSES_MS[tries - 1];
  return pause === undefined ? undefined : now + pause;
}

/** Protects: nobody loses points that they were not told of, 30 and 7 days before. */
import type { NoticeKind } from './kinds.ts';

const DAY_MS = 86_400_000;
/** The longest of the two. */
export const FIRST_NOTICE_MS = 30 * DAY_MS;
const SECOND_NOTICE_MS = 7 * DAY_MS;

/** The notice that is due now for points with this (exclusive) end; undefined before the first one, and once they ended. */
export function expiryNoticeDue(
  expiresAt: number,
  now: number,
): Extract<NoticeKind, `expiry-${string}`> | undefined {
  const left = expiresAt - now;
  if (left <= 0 || left > FIRST_NOTICE_MS) return undefined;
  return left <= SECOND_NOTICE_MS ? 'expiry-7' : 'expiry-30';
}

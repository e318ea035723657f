/** Millions of keys of years past, as a book has them that has run for long: `aged` posts beside them. */
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Cell } from './raw-rows.ts';
import type { RawStore } from './raw-sqlite.ts';
import { BOOK } from './stage.ts';

/** One key in so many milliseconds: two million make two years. */
const EVERY_MS = 30_000;
const ROWS_AT_ONCE = 10_000;

export async function addOldKeys(store: RawStore, count: number, now: number): Promise<void> {
  for (let done = 0; done < count; done += ROWS_AT_ONCE) {
    const keys: Cell[][] = [];
    for (let nth = done; nth < Math.min(count, done + ROWS_AT_ONCE); nth++) {
      keys.push(keyAt(now - (count - nth) * EVERY_MS));
    }
    await store.write({ transactions: [], entries: [], keys, positions: [] });
  }
}

/** As long as a posted key's row, under the time-ordered id that a client makes. */
function keyAt(at: number): Cell[] {
  const random = randomBytes(64).toString('hex');
  const [requestHash, hash] = [random.slice(0, 64), random.slice(64)];
  const [key, unit] = [uuid({ msecs: at }), uuid({ msecs: at })];
  const answer = JSON.stringify({ unit, transactions: [1_099_511_627_776], bookedAt: at });
  return [BOOK, `book:${BOOK}`, key, requestHash, unit, 'posted', answer, null, null, at, hash];
}

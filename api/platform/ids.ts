import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ids } from './time.ts';

/** Random bytes for so many ids at a time: asking the system for 16 costs more than all the rest of an id. */
const IDS_A_FILL = 256;
const BYTES_AN_ID = 16;

/** UUIDv7 from the system's random source, rising within this process as the library's own do. */
export function createIds(now: () => number = Date.now): Ids {
  const pool = Buffer.alloc(IDS_A_FILL * BYTES_AN_ID);
  let used = pool.length;
  let msecs = 0;
  let seq = 0;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const random = pool.subarray(used, (used += BYTES_AN_ID));
    const at = now();
    if (at > msecs) {
      msecs = at;
      // 31 bits, so that those that follow within the millisecond have room to rise.
      seq = random.readUInt32BE(0) >>> 1;
    } else {
      seq += 1;
    }
    return v7({ random, msecs, seq });
  };
}

/** The smallest UUIDv7 of an instant: ids begin with their time, so a span of time is a range of them. */
export function firstIdAt(at: number): string {
  const hex = Math.max(0, at).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

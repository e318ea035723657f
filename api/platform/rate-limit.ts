import type { Instant } from './time.ts';

/** A bucket of `burst` tokens that refills at `perSecond`. `perSecond: 0` switches the limit off. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface RateLimits {
  /** For one system key. */
  readonly key: Rate;
  /** For one signed-in person. */
  readonly person: Rate;
  /** For one network address that is not signed in. */
  readonly address: Rate;
}

export const DEFAULT_LIMITS: RateLimits = {
  key: { perSecond: 20_000, burst: 40_000 },
  // A page asks some five times; whoever goes through a list row by row, in two windows, is no attack.
  person: { perSecond: 40, burst: 200 },
  // A whole estate may sit behind one address, so this is wide; guessing is stopped by the lock-outs.
  address: { perSecond: 50, burst: 200 },
};

export interface RateLimiter {
  /** Takes a token. Undefined: go on; a number: the milliseconds until the next token. */
  take(kind: keyof RateLimits, id: string, now: Instant): number | undefined;
}

interface Bucket {
  tokens: number;
  at: Instant;
}

/** A limit on the limiter: those used longest ago are forgotten (they are the fullest) when strangers make too many. */
const MOST_BUCKETS = 20_000;

/** Token buckets in memory, one process's own: n processes let n times as much through, which is still a limit. */
export function createRateLimiter(limits: RateLimits): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take(kind, id, now) {
      const { perSecond, burst } = limits[kind];
      if (perSecond === 0) return undefined;
      const name = `${kind} ${id}`;
      let bucket = buckets.get(name);
      if (bucket === undefined) {
        if (buckets.size >= MOST_BUCKETS) forgetOldest(buckets);
        bucket = { tokens: burst, at: now };
      } else buckets.delete(name);
      // At the end of the line: a Map keeps the order in which its names were set.
      buckets.set(name, bucket);
      // A clock that is set back must not drain the bucket.
      const passedMs = Math.max(0, now - bucket.at);
      bucket.tokens = Math.min(burst, bucket.tokens + (passedMs * perSecond) / 1000);
      bucket.at = now;
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return undefined;
      }
      return ((1 - bucket.tokens) / perSecond) * 1000;
    },
  };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  const half = MOST_BUCKETS / 2;
  for (const name of buckets.keys()) {
    if (buckets.size <= half) return;
    buckets.delete(name);
  }
}

import { describe, expect, it } from 'vitest';
import { createRateLimiter, DEFAULT_LIMITS } from './rate-limit.ts';

const limits = { ...DEFAULT_LIMITS, address: { perSecond: 2, burst: 3 } };

describe('the rate limit', () => {
  it('lets a burst through, then as many as it refills, and says how long to wait', () => {
    const limiter = createRateLimiter(limits);
    const take = (now: number) => limiter.take('address', '192.0.2.1', now);
    expect([take(0), take(0), take(0)]).toEqual([undefined, undefined, undefined]);
    expect(take(0)).toBe(500);
    expect(take(499)).toBeCloseTo(1);
    expect(take(500)).toBeUndefined();
    expect(take(500)).toBe(500);
  });

  it("one's flood is not the other's", () => {
    const limiter = createRateLimiter(limits);
    for (let n = 0; n < 10; n += 1) limiter.take('address', 'flood', 0);
    expect(limiter.take('address', 'quiet', 0)).toBeUndefined();
    expect(limiter.take('person', 'flood', 0)).toBeUndefined();
  });

  it('a clock that is set back neither drains nor fills', () => {
    const limiter = createRateLimiter(limits);
    for (let n = 0; n < 3; n += 1) limiter.take('address', 'a', 10_000);
    expect(limiter.take('address', 'a', 0)).toBe(500);
    expect(limiter.take('address', 'a', 500)).toBeUndefined();
  });

  it('0 a second switches it off', () => {
    const limiter = createRateLimiter({ ...limits, key: { perSecond: 0, burst: 0 } });
    for (let n = 0; n < 100; n += 1) expect(limiter.take('key', 'k', 0)).toBeUndefined();
  });

  it('whoever keeps asking is not forgotten for the strangers that came meanwhile', () => {
    const limiter = createRateLimiter(limits);
    for (let n = 0; n < 3; n += 1) limiter.take('address', 'flood', 0);
    for (let n = 0; n < 100_000; n += 1) {
      limiter.take('address', `stranger ${n}`, 0);
      if (n % 1_000 === 0) expect(limiter.take('address', 'flood', 0)).toBe(500);
    }
  });

  it('a hundred thousand strangers do not lift the limit from the flood among them', () => {
    const limiter = createRateLimiter(limits);
    for (let n = 0; n < 100_000; n += 1) {
      limiter.take('address', `stranger ${n}`, 0);
      if (n % 1_000 === 0) limiter.take('address', 'flood', 0);
    }
    for (let n = 0; n < 5; n += 1) limiter.take('address', 'flood', 0);
    expect(limiter.take('address', 'flood', 0)).toBe(500);
  });
});

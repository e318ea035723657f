import { expect, it } from 'vitest';
import { keyAfter, newKey } from './idempotency.ts';

it('an answer ends a key, and a time-out keeps it: what was sent may have been booked', () => {
  const key = newKey();
  expect(keyAfter(key, null)).not.toBe(key);
  expect(keyAfter(key, { status: 422 })).not.toBe(key);
  expect(keyAfter(key, { status: 504 })).toBe(key);
});

import { expect, it } from 'vitest';
import { byPhoneClock } from './phone-clock.ts';

const ours = Date.parse('2026-06-13T13:00:00.000Z');
const endsAt = '2026-06-13T13:01:00.000Z';
const MINUTE_MS = 60_000;

it.each([
  ['ten minutes fast', 10 * MINUTE_MS, '2026-06-13T13:11:00.000Z'],
  ['ten minutes slow', -10 * MINUTE_MS, '2026-06-13T12:51:00.000Z'],
  ['right, and the answer took three seconds', 3_000, endsAt],
])('a code lives a minute on a phone whose clock is %s', (_, aheadMs, ends) => {
  expect(byPhoneClock(endsAt, { phone: ours + aheadMs, ours })).toBe(ends);
});

import { expect, it } from 'vitest';
import { daysUntil } from './days-until.ts';

it.each([
  ['2026-06-20T00:30:00+08:00', 5],
  ['2026-06-24T23:59:00+08:00', 1],
  ['2026-06-25T00:00:00+08:00', 0],
  ['2026-06-26T00:00:00+08:00', -1],
])('on %s it is %i days to 25 June', (now, days) => {
  expect(daysUntil('2026-06-25', Date.parse(now))).toBe(days);
});

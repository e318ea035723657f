import { expect, it } from 'vitest';
import { homeOn } from './home.ts';

const homes = [
  { estate: 'a', since: '2026-01-01', until: '2026-06-10' },
  { estate: 'b', since: '2026-05-01', until: null },
];

it.each([
  ['2025-12-31', undefined, ''],
  ['2026-01-01', undefined, 'a'],
  ['2026-06-01', undefined, 'a'],
  ['2026-06-09', 'a', 'a'],
  ['2026-06-01', 'b', 'b'],
  ['2026-06-10', 'a', 'b'],
  ['2026-06-10', 'elsewhere', 'b'],
])('on %s somebody who was counted for %s counts for %s', (day, before, expected) => {
  expect(homeOn(homes, day, before)).toBe(expected);
});

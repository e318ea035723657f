import { expect, it } from 'vitest';
import { firstShown, hoursText, monthLater, monthsBetween } from './months.ts';

it.each([
  ['2026-12', 1, '2027-01'],
  ['2026-01', -1, '2025-12'],
  ['2026-06', -11, '2025-07'],
])('%s and %i months is %s', (month, later, expected) => {
  expect(monthLater(month, later)).toBe(expected);
});

it('a board opens at the month that is over, or at the first one while there is none', () => {
  expect(firstShown({ first: '2026-01', last: '2026-06' })).toBe('2026-05');
  expect(firstShown({ first: '2026-06', last: '2026-06' })).toBe('2026-06');
});

it('lists months newest first', () => {
  expect(monthsBetween({ first: '2025-12', last: '2026-02' })).toEqual(['2026-02', '2026-01', '2025-12']);
});

it.each([
  [0, '0'],
  [90, '1.5'],
  [7_340, '122.3'],
  [-120, '-2'],
  [120_000, '2,000'],
])('%i minutes are %s hours', (minutes, hours) => {
  expect(hoursText(minutes)).toBe(hours);
});

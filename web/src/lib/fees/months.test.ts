import { expect, it } from 'vitest';
import { monthsAround } from './months.ts';

it('the month begins at midnight in Shanghai, and the year before January is the last one', () => {
  const newYear = Date.parse('2026-12-31T16:00:00Z');
  expect(monthsAround(newYear, { ahead: 1, back: 1 })).toEqual(['2027-02', '2027-01', '2026-12']);
  expect(monthsAround(newYear - 1, { ahead: 0, back: 0 })).toEqual(['2026-12']);
});

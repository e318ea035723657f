import { expect, it } from 'vitest';
import { latestClosed, monthsAround } from './months.ts';

it('the month begins at midnight in Shanghai, and the year before January is the last one', () => {
  const newYear = Date.parse('2026-12-31T16:00:00Z');
  expect(monthsAround(newYear, { ahead: 1, back: 1 })).toEqual(['2027-02', '2027-01', '2026-12']);
  expect(monthsAround(newYear - 1, { ahead: 0, back: 0 })).toEqual(['2026-12']);
});

const closure = (id: string, month: string, state: 'closed' | 'reopened' = 'closed') => ({
  id,
  month,
  state,
});

it('the latest closed month may be opened again, whatever was opened since', () => {
  const closures = [closure('d', '2026-11'), closure('c', '2026-12', 'reopened'), closure('a', '2026-10')];
  expect(latestClosed(closures)).toBe('d');
  expect(latestClosed([closure('x', '2026-12', 'reopened')])).toBeNull();
});

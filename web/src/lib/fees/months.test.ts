import { describe, expect, it } from 'vitest';
import { monthsAround, monthsToClose, turnOf } from './months.ts';

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

describe('whose turn it is', () => {
  it('the latest closed month may be opened again, the one after it is closed next', () => {
    const closures = [closure('d', '2026-11'), closure('c', '2026-12', 'reopened'), closure('a', '2026-10')];
    expect(turnOf(closures)).toEqual({ latest: 'd', next: '2026-12' });
    expect(turnOf([closure('x', '2026-12')])).toEqual({ latest: 'x', next: '2027-01' });
    expect(turnOf([closure('x', '2026-12', 'reopened')])).toEqual({ latest: null, next: null });
  });

  it('a month is offered when it is over; for the first time, the last twelve are', () => {
    const now = Date.parse('2026-07-01T00:00:00+08:00');
    expect(monthsToClose('2026-06', now)).toEqual(['2026-06']);
    expect(monthsToClose('2026-07', now)).toEqual([]);
    expect(monthsToClose(null, now)).toHaveLength(12);
    expect(monthsToClose(null, now)[0]).toBe('2026-06');
  });
});

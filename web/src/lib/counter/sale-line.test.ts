import { expect, it } from 'vitest';
import { dayAfter, saleLine } from './sale-line.ts';

const sale = {
  id: 's1',
  customer: { name: '王*', tail: '0001' },
  points: '20',
  unit: 'VOL',
  goods: '大米',
  state: 'taken' as const,
  at: '2026-06-13T16:30:00.000Z',
  mine: true,
};

it('who made a sale undoes it on the same day of Shanghai’s calendar, not of Greenwich’s', () => {
  expect(saleLine(sale, '2026-06-14', false).undo).toBe('free');
  expect(saleLine(sale, '2026-06-13', false).undo).toBe('manager');
});

it('of another day or clerk the manager undoes it, with a reason', () => {
  expect(saleLine(sale, '2026-06-15', true).undo).toBe('reason');
  expect(saleLine({ ...sale, mine: false }, '2026-06-14', true).undo).toBe('reason');
  expect(saleLine({ ...sale, mine: false }, '2026-06-14', false).undo).toBe('manager');
});

it.each([
  ['2026-06-14', -1, '2026-06-13'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2026-12-31', 1, '2027-01-01'],
])('from %s it is %i days to %s', (day, days, other) => {
  expect(dayAfter(day, days)).toBe(other);
});

it('what is undone stays undone', () => {
  expect(saleLine({ ...sale, state: 'undone' }, '2026-06-14', true).undo).toBe('done');
});

import { expect, it } from 'vitest';
import { linesByDay, saleLine } from './sale-line.ts';

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

it('yesterday’s sales stand under their own day, by Shanghai’s calendar', () => {
  const lines = ['2026-06-13T16:30:00.000Z', '2026-06-13T16:00:00.000Z', '2026-06-13T15:59:00.000Z'];
  const days = linesByDay(lines.map((at) => ({ at })));
  expect(days.map(({ day, lines: of }) => [day, of.length])).toEqual([
    ['2026-06-14', 2],
    ['2026-06-13', 1],
  ]);
  expect(linesByDay([])).toEqual([]);
});

it('what is undone stays undone', () => {
  expect(saleLine({ ...sale, state: 'undone' }, '2026-06-14', true).undo).toBe('done');
});

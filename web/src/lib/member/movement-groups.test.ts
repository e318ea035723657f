import { expect, it } from 'vitest';
import { byMonth } from './movement-groups.ts';

it('movements stand under the month of Shanghai in which they were booked', () => {
  const at = (bookedAt: string) => ({ bookedAt });
  const [july, lateJune, june] = [
    at('2026-06-30T16:00:00.000Z'),
    at('2026-06-30T15:59:59.999Z'),
    at('2026-06-01T00:00:00.000Z'),
  ];
  expect(byMonth([july, lateJune, june])).toEqual([
    { month: '2026-07', movements: [july] },
    { month: '2026-06', movements: [lateJune, june] },
  ]);
  expect(byMonth([])).toEqual([]);
});

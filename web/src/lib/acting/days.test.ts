import { expect, it } from 'vitest';
import { endOf } from './days.ts';

it('a consent is offered for three months, a year and three, counted in Shanghai', () => {
  const lateInJune = Date.parse('2026-06-30T23:30:00+08:00');
  expect([endOf('quarter', lateInJune), endOf('year', lateInJune), endOf('three', lateInJune)]).toEqual([
    '2026-09-30',
    '2027-06-30',
    '2029-06-30',
  ]);
  expect(endOf('year', Date.parse('2028-02-29T01:00:00+08:00'))).toBe('2029-02-28');
  expect(endOf('quarter', Date.parse('2026-11-30T12:00:00+08:00'))).toBe('2027-02-28');
});

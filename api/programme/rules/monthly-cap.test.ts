import { expect, it } from 'vitest';
import { capBefore, capThen, originOfCap, stricterCap, type CapSpan } from './monthly-cap.ts';

const span = (id: string, validFrom: number, changes: Partial<CapSpan> = {}): CapSpan => ({
  ...{ id, fund: '*', validFrom, validTo: null, monthlyCap: null },
  ...changes,
});

it('of two caps the stricter one counts, and any is stricter than none', () => {
  expect([stricterCap(null, null), stricterCap(null, 5), stricterCap(5, null), stricterCap(7, 5)]).toEqual([
    ...[null, 5, 5, 5],
  ]);
});

it('a new agreement finds the cap of the one before it, though that has ended, and of none that was called off', () => {
  const known = [
    span('c', 30, { monthlyCap: 300, validTo: 30 }),
    span('a', 10, { monthlyCap: 100 }),
    span('b', 20, { monthlyCap: 200, validTo: 25 }),
    span('named', 22, { fund: 'f', monthlyCap: null }),
  ];
  expect([10, 20, 21, 40].map((at) => capBefore(known, at))).toEqual([null, 100, 200, 200]);
});

it('what comes later follows the cap that it had taken over, and keeps a stricter one of its own', () => {
  expect(capThen(200, { was: 200, now: 300 })).toBe(300);
  expect(capThen(null, { was: null, now: 300 })).toBe(300);
  expect(capThen(200, { was: 200, now: null })).toBe(null);
  expect(capThen(100, { was: 200, now: null })).toBe(100);
  expect(capThen(500, { was: 200, now: 300 })).toBe(300);
});

it('a cap comes from the first agreement of those in a row that have it', () => {
  const [first, second, third] = [
    span('1', 1, { monthlyCap: 9 }),
    span('2', 2, { monthlyCap: 5 }),
    span('3', 3, { monthlyCap: 5 }),
  ];
  const known = [third, span('x', 2.5, { monthlyCap: 7, validTo: 2.5 }), first, second];
  expect([first, second, third].map((one) => originOfCap(known, one).id)).toEqual(['1', '2', '2']);
});

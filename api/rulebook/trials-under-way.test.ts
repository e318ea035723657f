import { expect, test } from 'vitest';
import { newTrialsUnderWay } from './trials-under-way.ts';

test('of two trials that one person asked for, the end of the first leaves the second under way', () => {
  const trials = newTrialsUnderWay();
  const first = trials.begin('staff');
  first.count(20);
  expect(trials.of('staff')).toEqual({ running: true, done: 20 });
  const second = trials.begin('staff');
  first.count(40);
  expect(trials.of('staff')).toEqual({ running: true });
  first.end();
  second.count(5);
  expect(trials.of('staff')).toEqual({ running: true, done: 5 });
  expect(trials.of('colleague')).toEqual({ running: false });
  second.end();
  expect(trials.of('staff')).toEqual({ running: false });
});

import { expect, it } from 'vitest';
import { lastsDays } from './outlook.ts';

it('a budget lasts as long as the last thirty days say', () => {
  expect(lastsDays(3_000, 300)).toBe(300);
  expect(lastsDays(100, 300)).toBe(10);
  expect(lastsDays(1, 300)).toBe(0);
});

it('one that nobody used says nothing, and an empty one lasts no day', () => {
  expect(lastsDays(3_000, 0)).toBeUndefined();
  expect(lastsDays(3_000, -5)).toBeUndefined();
  expect(lastsDays(0, 0)).toBe(0);
});

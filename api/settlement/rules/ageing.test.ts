import { expect, it } from 'vitest';
import { ageOf } from './ageing.ts';

it('takes what was paid off the oldest, so that the newest that came is what is still owed', () => {
  expect(ageOf(100, [30, 30, 30])).toEqual({ owed: 100, to30: 30, to60: 30, to90: 30, over90: 10 });
  expect(ageOf(50, [30, 30, 30])).toEqual({ owed: 50, to30: 30, to60: 20, to90: 0, over90: 0 });
  expect(ageOf(20, [30, 30, 30])).toEqual({ owed: 20, to30: 20, to60: 0, to90: 0, over90: 0 });
});

it('is the whole in four parts, whatever came and was paid; who was paid too much owes it since now', () => {
  expect(ageOf(-5, [10, 0, 0])).toEqual({ owed: -5, to30: -5, to60: 0, to90: 0, over90: 0 });
  for (const owed of [0, 1, 17, 400]) {
    const { to30, to60, to90, over90 } = ageOf(owed, [7, 0, 9]);
    expect(to30 + to60 + to90 + over90).toBe(owed);
  }
});

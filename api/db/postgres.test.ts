import { expect, it } from 'vitest';
import { parseInt8 } from './postgres.ts';

it('reads a bigint as the number that it is', () => {
  expect(parseInt8('-9007199254740991')).toBe(Number.MIN_SAFE_INTEGER);
  expect(parseInt8('1780000000000')).toBe(1_780_000_000_000);
});

it('does not read a bigint as its neighbour', () => {
  expect(() => parseInt8('9007199254740993')).toThrow('9007199254740993');
});

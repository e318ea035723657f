import { expect, it } from 'vitest';
import { isZero, yuanText } from './yuan-text.ts';

it('amounts of a statement are grouped, and a difference says in which direction it goes, its sign never on the line before', () => {
  expect(yuanText('1449.04')).toBe('¥1,449.04');
  expect(yuanText('1234567.80')).toBe('¥1,234,567.80');
  expect(yuanText('0.01', true)).toBe('+\u2060¥0.01');
  expect(yuanText('-20.00', true)).toBe('\u2212\u2060¥20.00');
  expect(yuanText('0.00', true)).toBe('¥0.00');
});

it('nothing is nothing, whichever way it is written', () => {
  expect(['0', '0.00', '-0.00'].every(isZero)).toBe(true);
  expect(isZero('0.01')).toBe(false);
});

import { expect, it } from 'vitest';
import { amountText, changeText, costMicro, isUnchanged } from './trial.ts';

it('a change says how much more or less, and nothing as such', () => {
  expect(changeText({ before: '84', after: '50' }, 'points')).toBe('\u221234 分');
  expect(changeText({ before: '84', after: '1084' }, 'points')).toBe('+1,000 分');
  expect(changeText({ before: '4549', after: '2183' }, 'fen')).toBe('\u2212¥23.66');
  expect(changeText({ before: '5', after: '5' }, 'points')).toBe('不变');
  expect(isUnchanged({ before: '5', after: '5' })).toBe(true);
});

it('amounts are points, or the yuan of offsets', () => {
  expect([amountText('1084', 'points'), amountText('1084', 'fen')]).toEqual(['1,084 分', '¥10.84']);
});

it('what a change costs a fund is exact', () => {
  expect(costMicro({ before: '84', after: '50', rateMicro: '100000' })).toBe(-3_400_000n);
});

import { expect, it } from 'vitest';
import { amountText, answerText, changeText, costMicro, fundsTooShort } from './trial.ts';

it('a change says how much more or less, and nothing as such', () => {
  expect(changeText({ before: '84', after: '50' }, 'points')).toBe('\u221234 分');
  expect(changeText({ before: '84', after: '1084' }, 'points')).toBe('+1,000 分');
  expect(changeText({ before: '4549', after: '2183' }, 'fen')).toBe('\u2212\u2060¥23.66');
  expect(changeText({ before: '5', after: '5' }, 'points')).toBe('不变');
});

it('amounts are points, or the yuan of offsets', () => {
  expect([amountText('1084', 'points'), amountText('1084', 'fen')]).toEqual(['1,084 分', '¥10.84']);
});

it('what a change costs a fund is exact', () => {
  expect(costMicro({ before: '84', after: '50', rateMicro: '100000' })).toBe(-3_400_000n);
});

it('the answer is a sentence: what that month would have been, more, less or the same', () => {
  const [less, more, same] = [
    { before: '84', after: '50' },
    { before: '84', after: '1084' },
    { before: '5', after: '5' },
  ];
  expect(answerText({ ...less, measure: 'points' }, '5月')).toBe('换成这份规则，5月会少发 34 分');
  expect(answerText({ ...more, measure: 'points' }, '5月')).toBe('换成这份规则，5月会多发 1,000 分');
  expect(answerText({ ...more, measure: 'fen' }, '5月')).toBe('换成这份规则，5月会多抵 ¥10.00');
  expect(answerText({ ...less, measure: 'fen' }, '5月')).toBe('换成这份规则，5月会少抵 ¥0.34');
  expect(answerText({ ...same, measure: 'fen' }, '5月')).toBe('换成这份规则，5月的总数不变');
});

it('a fund that cannot give so much more is named, and none when points are only used', () => {
  const fund = { fund: 'f', name: '社区经费', unit: 'VOL', rateMicro: '100000', before: '100', after: '400' };
  const [short, enough] = [
    { ...fund, unissued: '299' },
    { ...fund, unissued: '300' },
  ];
  expect(fundsTooShort({ funds: [short, enough], measure: 'points' })).toEqual([short]);
  expect(fundsTooShort({ funds: [short], measure: 'fen' })).toEqual([]);
});

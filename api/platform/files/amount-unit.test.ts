import { expect, test } from 'vitest';
import { parseAmountUnder, unitIn } from './amount-unit.ts';

test.each([
  ['应收金额（分）', 'fen'],
  ['应收金额(单位:分)', 'fen'],
  ['应收金额【单位：分】', 'fen'],
  ['应收金额[人民币分]', 'fen'],
  ['应收金额（元）', 'yuan'],
  ['应收金额（单位：元）', 'yuan'],
  ['应收金额（人民币元）', 'yuan'],
  ['电费（公摊部分）', undefined],
  ['已缴金额（部分）', undefined],
  ['抵扣金额（积分）', undefined],
  ['每分)', undefined],
  ['应收金额', undefined],
])('the unit in %s is %s: only a bracket that holds nothing else says it', (label, unit) => {
  expect(unitIn(label)).toBe(unit);
});

test('12.00 under 电费（公摊部分） is 12 yuan, not 12 fen', () => {
  expect(parseAmountUnder('电费（公摊部分）', '12.00')).toEqual({ value: 1_200 });
  expect(parseAmountUnder('电费（分）', '1200')).toEqual({ value: 1_200 });
});

import { describe, expect, test } from 'vitest';
import { parseAmount, parseDate, parsePeriod, parsePhone, type CellValue } from './index.ts';

const codeOf = (parsed: CellValue<unknown>) => ('reason' in parsed ? parsed.reason.code : undefined);
const valueOf = <Value>(parsed: CellValue<Value>) => ('value' in parsed ? parsed.value : undefined);

describe('amounts', () => {
  test.each([
    ['118.32', 11832],
    ['1,318.32', 131832],
    ['１，３１８．３２', 131832],
    ['￥12.4', 1240],
    ['¥ 12.40 元', 1240],
    ['12.4000', 1240],
    ['0', 0],
    ['0.00', 0],
    ['100000000.00', 10_000_000_000],
  ])('%s is %i fen', (text, fen) => {
    expect(valueOf(parseAmount(text))).toBe(fen);
  });

  test.each([
    ['1e9', 'amount-exponent'],
    ['-0', 'amount-negative-zero'],
    ['0.001', 'amount-too-many-decimals'],
    ['118.325', 'amount-too-many-decimals'],
    ['-12.40', 'amount-negative'],
    ['1,31.32', 'amount-bad-separators'],
    ['十二元', 'amount-not-a-number'],
    ['0x10', 'amount-not-a-number'],
    ['NaN', 'amount-not-a-number'],
    ['Infinity', 'amount-not-a-number'],
    ['(12.40)', 'amount-not-a-number'],
    ['100000000.01', 'amount-too-large'],
    ['99999999999999999999', 'amount-too-large'],
    ['=SUM(A1:A2)', 'formula-without-result'],
    ['#REF!', 'formula-error'],
  ])('%s is refused as %s, in both languages', (text, code) => {
    const parsed = parseAmount(text);
    expect(codeOf(parsed)).toBe(code);
    expect(parsed).toMatchObject({
      reason: { zh: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) },
    });
  });

  test('below zero only where a correction may stand, and never -0', () => {
    expect(valueOf(parseAmount('-12.40', { negative: true }))).toBe(-1240);
    expect(codeOf(parseAmount('-0.00', { negative: true }))).toBe('amount-negative-zero');
  });
});

describe('dates', () => {
  test.each([
    '2026-11-30',
    '2026/11/30',
    '2026.11.30',
    '2026年11月30日',
    '20261130',
    '2026-11-30 08:15:00',
    '2026/11/30 8:15',
  ])('%s', (text) => expect(valueOf(parseDate(text))).toBe('2026-11-30'));
  test.each(['2026-02-29', '2026-11-31', '2026-13-01', '20260230', '1900-02-29', '0000-01-01'])(
    '%s does not exist',
    (text) => expect(codeOf(parseDate(text))).toBe('date-does-not-exist'),
  );
  test('29 February stands in a leap year', () => expect(valueOf(parseDate('2028-2-29'))).toBe('2028-02-29'));
  test('a bare day number is told to be a date that lost its format', () =>
    expect(codeOf(parseDate('46356'))).toBe('date-as-number'));
  test.each(['11/30/2026', '30-11-26', '昨天', '2026-11'])('%s is unreadable', (text) =>
    expect(codeOf(parseDate(text))).toBe('date-unreadable'),
  );
});

describe('months', () => {
  test.each([
    ['202611', '2026-11'],
    ['2026.06', '2026-06'],
    ['2026-11', '2026-11'],
    ['2026年6月', '2026-06'],
    ['2026年06月份', '2026-06'],
    ['2026/6', '2026-06'],
    ['２０２６０６', '2026-06'],
    ['2026-11-01', '2026-11'],
    ['2026.11.01', '2026-11'],
    ['2026-11-01至2026-11-30', '2026-11'],
    ['2026.11.01-2026.11.30', '2026-11'],
    ['2026年6月1日～2026年6月30日', '2026-06'],
  ])('%s is %s', (text, period) => expect(valueOf(parsePeriod(text))).toBe(period));

  test('2026.1 may be October without its zero', () =>
    expect(codeOf(parsePeriod('2026.1'))).toBe('period-ambiguous'));
  test.each(['202613', '2026-00', '2026年13月', '190001'])('%s does not exist', (text) =>
    expect(codeOf(parsePeriod(text))).toBe('period-does-not-exist'),
  );
  test.each(['2026年第三季度', '2026-01至2026-03', '2026-01-01至2026-03-31', '六月', '2026'])(
    '%s is not one month',
    (text) => expect(codeOf(parsePeriod(text))).toBe('period-unreadable'),
  );
});

describe('phones', () => {
  test.each([
    ['13800000001', '13800000001'],
    ['138 0000 0001', '13800000001'],
    ['138-0000-0001', '13800000001'],
    ['+86 13800000001', '13800000001'],
    ['１３８００００００01', '13800000001'],
    ['0371-12345678', '0371-12345678'],
  ])('%s', (text, phone) => expect(valueOf(parsePhone(text))).toBe(phone));
  test.each(['1.38E+10', '1.38e10', '1.38E+010'])('%s was spoilt by Excel', (text) =>
    expect(codeOf(parsePhone(text))).toBe('phone-spoilt'),
  );
  test.each(['138****0001', '12800000001', '1380000000', '无'])('%s is no phone', (text) =>
    expect(codeOf(parsePhone(text))).toBe('phone-unreadable'),
  );
});

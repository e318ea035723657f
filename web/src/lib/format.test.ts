import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatDateTime,
  formatDatesIn,
  formatFen,
  formatMicro,
  formatMonth,
  formatPoints,
  formatTimeRange,
  secondsUntil,
} from './format.ts';

describe('points', () => {
  it('are grouped by thousands and keep the decimals of their unit', () => {
    expect(formatPoints('3189')).toBe('3,189');
    expect(formatPoints(1234567, 2)).toBe('12,345.67');
    expect(formatPoints('5', 2)).toBe('0.05');
  });

  it('carry a sign that is a real minus, and none on zero', () => {
    expect(formatPoints(36, 0, true)).toBe('+36');
    expect(formatPoints(-20, 0, true)).toBe('−20');
    expect(formatPoints(0, 0, true)).toBe('0');
  });

  it('stay exact beyond what a float can hold', () => {
    expect(formatPoints('9007199254740993')).toBe('9,007,199,254,740,993');
  });
});

describe('money', () => {
  it('shows fen as yuan', () => {
    expect(formatFen('11832')).toBe('¥118.32');
    // Joined, so that no line ends between the two.
    expect(formatFen(-5)).toBe('−\u2060¥0.05');
    expect(formatFen(123456789)).toBe('¥1,234,567.89');
  });

  it('shows micro-yuan with every place that is not zero, and at least two', () => {
    expect(formatMicro('2000000')).toBe('¥2.00');
    expect(formatMicro('31890100')).toBe('¥31.8901');
    expect(formatMicro(1)).toBe('¥0.000001');
  });
});

describe('times', () => {
  it('are those of Shanghai, whatever the machine thinks', () => {
    const lateOnFriday = '2026-06-12T16:30:00Z';
    expect(formatDate(lateOnFriday, 'zh-CN')).toBe('2026年6月13日');
    expect(formatDateTime(lateOnFriday, 'zh-CN', lateOnFriday)).toBe('6月13日 00:30');
    expect(formatDateTime(lateOnFriday, 'en', lateOnFriday)).toBe('13 Jun, 00:30');
  });

  it('carry their year when it is not this one, by the clock of Shanghai', () => {
    const newYearsEve = '2025-12-31T15:59:00Z';
    const newYear = '2025-12-31T16:00:00Z';
    expect(formatDateTime(newYearsEve, 'zh-CN', newYear)).toBe('2025年12月31日 23:59');
    expect(formatDateTime(newYearsEve, 'en', newYear)).toBe('31 Dec 2025, 23:59');
    expect(formatDateTime(newYear, 'zh-CN', '2026-06-12T16:30:00Z')).toBe('1月1日 00:00');
  });

  it('name the day once when both ends are on it', () => {
    const [seven, nine] = ['2026-06-13T11:00:00Z', '2026-06-13T13:00:00Z'];
    expect(formatTimeRange(seven, nine, 'zh-CN', seven)).toBe('6月13日 19:00–21:00');
    expect(formatTimeRange(seven, nine, 'en', seven)).toBe('13 Jun, 19:00–21:00');
    expect(formatTimeRange(seven, '2026-06-13T17:00:00Z', 'zh-CN', seven)).toBe(
      '6月13日 19:00 – 6月14日 01:00',
    );
  });

  it('name a month as people say it, with its year or without', () => {
    expect(formatMonth('2026-06', 'zh-CN')).toBe('2026年6月');
    expect(formatMonth('2026-06', 'en')).toBe('June 2026');
    expect(formatMonth('2026-06', 'zh-CN', false)).toBe('6月');
    expect(formatMonth('2026-06', 'en', false)).toBe('June');
    expect(formatMonth('', 'en')).toBe('');
    expect(formatMonth('2026-13', 'en')).toBe('2026-13');
  });

  it('are found in a sentence, and no number of a document is taken for one', () => {
    const said = '我方 2026-06，物业 2026-07，11月前是 2026-06-25';
    expect(formatDatesIn(said, 'zh-CN')).toBe('我方 2026年6月，物业 2026年7月，11月前是 2026年6月25日');
    expect(formatDatesIn('ours 2026-06, theirs 2026-07', 'en')).toBe('ours June 2026, theirs July 2026');
    const numbers = 'DC-2012-01，更正单 2026-118，2026-06~2026-08.xlsx、2026-06-25T08:00';
    expect(formatDatesIn(numbers, 'en')).toBe(numbers);
  });

  it('leave what is quoted, what a file is called, and a day that is none: a sheet, a house and 30 February were renamed', () => {
    for (const said of [
      '没有名为“2026-06”的工作表',
      'There is no sheet named "2026-06", house “2012-10”',
      '文件 2026-06.xlsx、2026-06账单.xlsx、2026-06 账单 新.csv',
      '应付日 2026-02-30、2026-13-01',
    ])
      expect([formatDatesIn(said, 'zh-CN'), formatDatesIn(said, 'en')]).toEqual([said, said]);
    expect(formatDatesIn('“2026-06”是 2026-06 的，2026-02-28 到期', 'zh-CN')).toBe(
      '“2026-06”是 2026年6月 的，2026年2月28日 到期',
    );
    expect(formatDatesIn('due 2026-06. Pay', 'en')).toBe('due June 2026. Pay');
  });

  it('count down to zero and stop', () => {
    expect(secondsUntil(61_000, 1_500)).toBe(60);
    expect(secondsUntil(1_000, 9_000)).toBe(0);
  });
});

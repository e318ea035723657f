import { describe, expect, it } from 'vitest';
import { parseMonths } from './index.ts';

const valueOf = (text: string) => {
  const parsed = parseMonths(text);
  return 'value' in parsed ? parsed.value : parsed.reason.code;
};

describe('the months that one line stands for', () => {
  it.each([
    ['2026', '2026-01~2026-12'],
    ['2026年', '2026-01~2026-12'],
    ['2026年度', '2026-01~2026-12'],
    ['2026-01~2026-12', '2026-01~2026-12'],
    ['202601-202612', '2026-01~2026-12'],
    ['2026年1月至12月', '2026-01~2026-12'],
    ['2026年1月-2026年12月', '2026-01~2026-12'],
    ['2026-01-01至2026-12-31', '2026-01~2026-12'],
    ['2026.07.01-2027.06.30', '2026-07~2027-06'],
    ['2026年1-3月', '2026-01~2026-03'],
    ['2026Q1', '2026-01~2026-03'],
    ['2026年第二季度', '2026-04~2026-06'],
    ['2026年4季度', '2026-10~2026-12'],
    ['2026年上半年', '2026-01~2026-06'],
    ['2026 年 下半年', '2026-07~2026-12'],
    ['2026年6月至6月', '2026-06'],
  ])('%s are %s', (text, months) => expect(valueOf(text)).toBe(months));

  it.each(['202606', '2026-06', '2026年6月', '2026.06', '2026-06-01至2026-06-30', '2026-06-15'])(
    '%s is one month as before',
    (text) => expect(valueOf(text)).toBe('2026-06'),
  );

  it.each([
    ['2026-12~2026-01', 'months-backwards'],
    ['2026-01~2029-12', 'months-too-many'],
    ['2026-01-01至2026-03-15', 'months-not-whole'],
    ['2026.1', 'period-ambiguous'],
    ['随便', 'period-unreadable'],
    ['2026年13-15月', 'period-unreadable'],
  ])('%s is refused: %s', (text, code) => expect(valueOf(text)).toBe(code));
});

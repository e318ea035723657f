import { describe, expect, it } from 'vitest';
import { formatDate, formatDateTime, formatFen, formatMicro, formatPoints, secondsUntil } from './format.ts';

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
    expect(formatFen(-5)).toBe('−¥0.05');
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
    expect(formatDateTime(lateOnFriday, 'zh-CN')).toBe('6月13日 00:30');
    expect(formatDateTime(lateOnFriday, 'en')).toBe('13 Jun, 00:30');
  });

  it('count down to zero and stop', () => {
    expect(secondsUntil(61_000, 1_500)).toBe(60);
    expect(secondsUntil(1_000, 9_000)).toBe(0);
  });
});

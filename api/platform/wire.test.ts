import { describe, expect, it } from 'vitest';
import { AmountSchema, DaySchema, formatInstant, InstantSchema, parseInstant, text } from './wire.ts';

describe('what travels', () => {
  it('an amount is a whole number as text, written one way only', () => {
    for (const good of ['0', '1', '-1', '9007199254740991'])
      expect(AmountSchema.safeParse(good).success, good).toBe(true);
    for (const bad of ['1e9', '-0', '0.001', '01', '+1', '1,000', ' 1', '１', '', '9007199254740992', 5]) {
      expect(AmountSchema.safeParse(bad).success, String(bad)).toBe(false);
    }
  });

  it('a day and an instant must exist', () => {
    expect(DaySchema.safeParse('2028-02-29').success).toBe(true);
    for (const bad of ['2026-02-29', '2026-06-31', '2026-13-01', '2026-6-1', '20260601'])
      expect(DaySchema.safeParse(bad).success, bad).toBe(false);
    for (const good of ['2026-06-30T08:00:00Z', '2026-06-30T16:00+08:00', '2026-06-30T08:00:00.123Z'])
      expect(InstantSchema.safeParse(good).success, good).toBe(true);
    for (const bad of ['2026-02-30T08:00:00Z', '2026-06-30T24:30:00Z', '2026-06-30T08:00:00', '2026-06-30'])
      expect(InstantSchema.safeParse(bad).success, bad).toBe(false);
    expect(formatInstant(parseInstant('2026-06-30T16:00:00+08:00'))).toBe('2026-06-30T08:00:00.000Z');
  });

  it('a text is one that both databases can hold', () => {
    for (const good of ['和美苑', '𠮷', 'a']) expect(text(10).safeParse(good).success).toBe(true);
    for (const bad of ['', '  ', 'a\0b', '\ud800', 'x'.repeat(11)])
      expect(text(10).safeParse(bad).success).toBe(false);
  });
});

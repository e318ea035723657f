import { describe, expect, it } from 'vitest';
import { carryTo } from './carry-to.ts';

describe('to which month a break is carried on', () => {
  it.each<[string, string, string | undefined, string]>([
    ['2026-06', '2026-06', '2026-07', 'the month that is closed next'],
    ['', '2026-06', '2026-07', 'it may be any month’s'],
    ['2026-05', '2026-06', '2026-07', 'its own month is closed: the one that is next has it'],
    [
      '2026-07',
      '2026-06',
      undefined,
      'the books are behind: it was carried on already, or is of a later month',
    ],
  ])('%s, closing %s: %s (%s)', (month, closing, to) => {
    expect(carryTo({ month, closing, heldUntil: undefined })).toBe(to);
  });

  it('to none whose closing the points that are set aside do not last to see', () => {
    const of = { month: '2026-06', closing: '2026-06' };
    const until = (day: string) => ({ ...of, heldUntil: Date.parse(`${day}T00:00:00+08:00`) });
    expect(carryTo(until('2026-09-01'))).toBe('2026-07');
    expect(carryTo(until('2026-08-01'))).toBe('held');
    expect(carryTo({ ...until('2026-08-01'), month: '2026-07' })).toBeUndefined();
  });
});

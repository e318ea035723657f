import { describe, expect, it } from 'vitest';
import { endsWith, exposureState } from './settlement-terms.ts';

describe('how an agreement is settled', () => {
  it('every month, with a quarter’s last, or with December', () => {
    const months = ['2026-03', '2026-05', '2026-09', '2026-12'];
    expect(months.filter((month) => endsWith('month', month))).toHaveLength(4);
    expect(months.filter((month) => endsWith('quarter', month))).toEqual(['2026-03', '2026-09', '2026-12']);
    expect(months.filter((month) => endsWith('year', month))).toEqual(['2026-12']);
  });

  it('warns from four fifths of the limit on, and is over it by a thousandth of a fen', () => {
    const of = (unpaidMicro: number) => ({ limitFen: 10_000, unpaidMicro });
    expect(exposureState(of(79_999_999))).toBe('within');
    expect(exposureState(of(80_000_000))).toBe('near');
    expect(exposureState(of(100_000_000))).toBe('near');
    expect(exposureState(of(99_000_000), 1_000_010)).toBe('over');
  });
});

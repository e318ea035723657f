import { describe, expect, it } from 'vitest';
import { drawSample } from './sample.ts';

const june = { seed: '2026-07-03 王', book: 1, month: '2026-06', size: 25, first: 101, last: 500 };

describe('a sample', () => {
  it('is the same each time, of numbers of the month, none twice, in their order', () => {
    const drawn = drawSample(june);
    expect(drawSample(june)).toEqual(drawn);
    expect(new Set(drawn).size).toBe(25);
    expect(drawn.every((number) => number >= 101 && number <= 500)).toBe(true);
    expect([...drawn].sort((a, b) => a - b)).toEqual(drawn);
  });

  // Written out, so that a change of the way in which it is drawn is seen: samples that were handed in must stay.
  it('is these numbers for this seed', () => {
    expect(drawSample({ ...june, seed: '1', size: 5 })).toEqual([130, 208, 247, 308, 344]);
  });

  it('is another one for another seed, month or book', () => {
    const drawn = drawSample(june);
    for (const other of [{ seed: '2026-07-03 李' }, { month: '2026-05' }, { book: 2 }]) {
      expect(drawSample({ ...june, ...other })).not.toEqual(drawn);
    }
  });

  it('of a larger size has the smaller one within it', () => {
    const larger = new Set(drawSample({ ...june, size: 60 }));
    expect(drawSample(june).every((number) => larger.has(number))).toBe(true);
  });

  it('larger than the month is the whole month', () => {
    expect(drawSample({ ...june, size: 200, last: 110 })).toEqual([
      101, 102, 103, 104, 105, 106, 107, 108, 109, 110,
    ]);
  });

  it('takes each transaction about as often as any other', () => {
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 2_000; seed++) {
      for (const number of drawSample({ ...june, seed: String(seed), size: 4, last: 120 })) {
        counts.set(number, (counts.get(number) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(20);
    for (const count of counts.values()) expect(Math.abs(count - 400)).toBeLessThan(90);
  });
});

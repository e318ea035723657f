import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import { theOnlyWay } from './the-only-way.ts';

const offsets = [1, 2, 3, 4].map((n) => ours(n));
const rows = offsets.map((offset, n) => theirs(offset, n + 1));
const joins = (pairs: readonly (readonly [offset: number, row: number])[]) =>
  pairs.flatMap(([o, r]) => {
    const [offset, row] = [offsets[o - 1], rows[r - 1]];
    return offset && row ? [{ offset, row }] : [];
  });
const found = (pairs: readonly (readonly [number, number])[]) =>
  theOnlyWay(joins(pairs))
    .pairs.map(({ offset, row }) => `${offset.id} ${row.id}`)
    .sort();

describe('of pairs that fit equally well', () => {
  it('a single one is taken, and so is a chain that closes in one way only', () => {
    expect(found([[1, 1]])).toEqual(['o1 r1']);
    expect(
      found([
        [1, 1],
        [1, 2],
        [2, 2],
      ]),
    ).toEqual(['o1 r1', 'o2 r2']);
    expect(
      found([
        [1, 1],
        [1, 2],
        [2, 2],
        [2, 3],
        [3, 3],
      ]),
    ).toEqual(['o1 r1', 'o2 r2', 'o3 r3']);
  });

  it('two for one, or two for two, are a tie', () => {
    expect(
      found([
        [1, 1],
        [2, 1],
      ]),
    ).toEqual([]);
    expect(
      found([
        [1, 1],
        [1, 2],
      ]),
    ).toEqual([]);
    expect(
      found([
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
      ]),
    ).toEqual([]);
    expect(
      found([
        [1, 1],
        [1, 2],
        [2, 2],
        [3, 2],
      ]),
    ).toEqual([]);
  });

  it('a tie does not touch those who have nothing to do with it', () => {
    expect(
      found([
        [1, 1],
        [2, 1],
        [3, 3],
      ]),
    ).toEqual(['o3 r3']);
  });

  it('what is taken is the one way that there is, counted out; all others are in the tie', () => {
    const edge = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.uniqueArray(edge, { selector: String, maxLength: 9 }), (edges) => {
        const candidates = joins(edges);
        const { pairs, ties } = theOnlyWay(candidates);
        const sides = (of: typeof pairs) => new Set(of.flatMap(({ offset, row }) => [offset, row]));
        expect(sides(pairs).size).toBe(pairs.length * 2);
        expect(new Set([...sides(pairs), ...sides(ties)])).toEqual(sides(candidates));
        const settled = candidates.filter(({ offset }) => sides(pairs).has(offset));
        expect(waysOf(settled, sides(pairs).size / 2)).toBe(1);
      }),
    );
  });
});

/** In how many ways so many pairs can be chosen with nobody in two of them. */
function waysOf(candidates: ReturnType<typeof joins>, wanted: number): number {
  if (wanted === 0) return 1;
  const [first, ...rest] = candidates;
  if (!first) return 0;
  const without = rest.filter(({ offset, row }) => offset !== first.offset && row !== first.row);
  return waysOf(without, wanted - 1) + waysOf(rest, wanted);
}

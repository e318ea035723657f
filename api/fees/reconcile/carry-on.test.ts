import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import * as breaks from './breaks.ts';
import { carryOn, type OpenBreak } from './carry-on.ts';
import type { Break } from './reconciliation.ts';

const [one, two] = [ours(1), ours(2)];

/** As a list before kept it. */
function kept(id: string, { kind, offset, rows, differenceFen, proposal }: Break): OpenBreak {
  const row = rows[0] ?? null;
  return {
    id,
    version: 1,
    offset: offset?.id ?? null,
    kind,
    differenceFen,
    proposal,
    row,
    owner: null,
    carriedTo: null,
    createdAt: 0,
  };
}

function amount(row: number, amountFen: number): Break {
  const found = breaks.pairBreak({ offset: one, row: theirs(one, row, { amountFen }), by: 'number' });
  return found!;
}

describe('a later list', () => {
  it('that still lacks an offset carries the open break on, and opens one for another offset', () => {
    const open = [kept('a', breaks.missingThere(one))];
    const other = breaks.missingThere(two);
    const { fresh, again, replaced } = carryOn(open, [breaks.missingThere(one), other]);
    expect(again).toEqual(open);
    expect(fresh).toEqual([other]);
    expect(replaced).toEqual([]);
  });

  it('that says something else about the offset puts a new break in its place', () => {
    const open = [kept('a', breaks.missingThere(one))];
    const wrong = amount(7, 1_001);
    expect(carryOn(open, [wrong])).toEqual({
      ...{ fresh: [wrong], again: [] },
      replaced: [{ was: open[0], by: wrong }],
    });
    const wrongAsBefore = [kept('b', amount(3, 1_001))];
    expect(carryOn(wrongAsBefore, [amount(9, 1_001)]).again).toEqual(wrongAsBefore);
    expect(carryOn(wrongAsBefore, [amount(9, 1_002)]).replaced).toMatchObject([{ was: { id: 'b' } }]);
  });

  it('that says nothing of the offset leaves what an earlier one said, unless the bill was cancelled since', () => {
    const open = [kept('a', amount(3, 1_001))];
    const nothing = { fresh: [], again: open, replaced: [] };
    expect(carryOn(open, [breaks.missingThere(one)])).toEqual(nothing);
    const cancelled = { ...one, bill: { ...one.bill, cancelled: true } };
    expect(carryOn(open, [breaks.missingThere(cancelled)]).replaced).toMatchObject([{ was: { id: 'a' } }]);
  });

  it('leaves one break where several were open about the same offset', () => {
    const open = ['a', 'b', 'c'].map((id) => kept(id, breaks.missingThere(one)));
    const { again, replaced } = carryOn(open, [breaks.missingThere(one)]);
    expect(again.map(({ id }) => id)).toEqual(['a']);
    expect(replaced.map(({ was }) => was.id)).toEqual(['b', 'c']);
    expect(again).toHaveLength(1);
  });

  it('that does not speak of an offset leaves its break as it is', () => {
    expect(carryOn([kept('a', breaks.missingThere(one))], [])).toEqual({
      fresh: [],
      again: [],
      replaced: [],
    });
  });

  it('asks anew which of its rows is meant: the rows of the list before are not its own', () => {
    const open = [kept('a', breaks.unclear(one, [theirs(one, 3), theirs(one, 4)]))];
    const unclear = breaks.unclear(one, [theirs(one, 8), theirs(one, 9)]);
    const replaced = [{ was: open[0], by: unclear }];
    expect(carryOn(open, [unclear])).toEqual({ fresh: [unclear], again: [], replaced });
  });

  it('that repeats a row of the firm’s repeats its break, one for each time that the row stands there', () => {
    const stray = (row: number) => breaks.missingHere(theirs(two, row, { offsetNumber: '', amountFen: 500 }));
    const twice = (row: number) => breaks.duplicate(one, theirs(one, row));
    const open = [kept('a', stray(2)), kept('b', twice(3)), kept('c', amount(4, 1_001))];
    const { fresh, again, replaced } = carryOn(open, [amount(5, 1_001), twice(6), stray(7), stray(8)]);
    expect(again.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(fresh).toHaveLength(1);
    expect(replaced).toEqual([]);
  });

  it('that repeats a row which an earlier one posted twice is not told apart by whose break it was', () => {
    const open = [kept('a', breaks.duplicate(one, theirs(one, 3)))];
    const { offset: _, ...settledSince } = breaks.duplicate(one, theirs(one, 6));
    expect(carryOn(open, [settledSince]).again).toEqual(open);
  });
});

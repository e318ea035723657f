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

  it('that says nothing of the offset leaves what an earlier one said', () => {
    const open = [kept('a', amount(3, 1_001))];
    const nothing = { fresh: [], again: open, replaced: [] };
    expect(carryOn(open, [breaks.missingThere(one)])).toEqual(nothing);
    // Also where its bill was cancelled, issued anew or paid since: the firm has posted it all the same.
    const cancelled = { ...one, bill: { ...one.bill, cancelled: true } };
    const anew = { ...one, bill: { ...one.bill, issue: 2 } };
    const silences = [
      breaks.missingThere(cancelled),
      breaks.reissued(anew),
      breaks.paidFirst(one, [], 11_832),
    ];
    for (const silence of silences) expect(carryOn(open, [silence])).toEqual(nothing);
  });

  it('in two halves: what the first one posts of a bill issued anew is not given back by the silence of the second', () => {
    const roomy = { ...one, bill: { ...one.bill, issue: 2 } };
    const full = { ...two, bill: { issue: 2, amountFen: 30, cancelled: false } };
    const first = [roomy, full].map((of, nth) =>
      breaks.pairBreak({ offset: of, row: theirs(of, nth + 3), by: 'number' }),
    );
    expect(first).toMatchObject([
      { kind: 'reissued', proposal: 'accept' },
      { kind: 'reissued', proposal: 'firm-corrects' },
    ]);
    const open = first.map((each, nth) => kept('ab'.charAt(nth), each!));
    const second = [roomy, full].map((of) => breaks.reissued(of));
    expect(carryOn(open, second)).toEqual({ fresh: [], again: open, replaced: [] });
    // A row that the bills themselves had put beside it goes, and not what was posted.
    const fromBills = kept('bills', breaks.reissued(roomy));
    expect(carryOn([fromBills, ...open], second)).toMatchObject({
      again: [{ id: 'a' }, { id: 'b' }],
      replaced: [{ was: { id: 'bills' }, by: { id: 'a' } }],
    });
    // The same half the other way round: what was missing is posted.
    const missing = second.map((each, nth) => kept('cd'.charAt(nth), each));
    expect(carryOn(missing, first as Break[]).fresh).toEqual(first);
  });

  it('that has money for a bill beside what an earlier one posted proposes no release of it', () => {
    const open = [kept('a', amount(3, 1_001))];
    const money = theirs(one, 5, { offsetNumber: '', amountFen: 11_832, state: 'paid-otherwise' });
    const paid = breaks.paidFirst(one, [money], 11_832);
    const { fresh, replaced } = carryOn(open, [paid]);
    expect(fresh).toMatchObject([{ kind: 'paid-first', proposal: 'firm-corrects', rows: [money] }]);
    expect(fresh[0]?.zh).toContain('以前的清单写了入账抵扣 10.00 元，这份清单第 5 行又收了');
    expect(replaced).toMatchObject([{ was: { id: 'a' } }]);
    // From then on neither the same money nor silence changes it.
    const after = [kept('b', fresh[0]!)];
    for (const each of [paid, breaks.missingThere(one), breaks.paidFirst(one, [], 11_832)])
      expect(carryOn(after, [each])).toEqual({ fresh: [], again: after, replaced: [] });
  });

  it('that says nothing leaves to a person what an earlier one asked', () => {
    const open = [kept('a', breaks.missingThere(one, [theirs(one, 3)]))];
    const anew = { ...one, bill: { ...one.bill, issue: 2 } };
    expect(carryOn(open, [breaks.reissued(anew)])).toEqual({ fresh: [], again: open, replaced: [] });
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

describe('a choice between rows', () => {
  const [low, high] = [theirs(one, 3, { amountFen: 990 }), theirs(one, 4, { amountFen: 1_010 })];
  const again = breaks.unclear(one, [low, high]);
  const sum = (all: readonly { differenceFen: number }[]) =>
    all.reduce((fen, each) => fen + each.differenceFen, 0);

  it('that a person has made stands when the rows come again, and so does what was opened about the others', () => {
    const chosen = breaks.pairBreak({ offset: one, row: low, by: 'number' })!;
    const open = [kept('a', chosen), kept('b', breaks.duplicate(one, high))];
    const next = carryOn(open, [again]);
    expect(next).toEqual({ fresh: [], again: open, replaced: [] });
    expect(sum(next.again)).toBe(again.differenceFen);
  });

  it('of a row between two offsets is asked anew by each list, once', () => {
    const row = theirs(one, 5, { offsetNumber: '' });
    const found = [breaks.missingThere(one, [row]), breaks.missingHere(row, [one, two])];
    const open = found.map((each, nth) => kept('ab'.charAt(nth), each));
    const { fresh, again: on, replaced } = carryOn(open, found);
    expect([fresh, on]).toEqual([found, []]);
    expect(replaced.map(({ was }) => was.id).sort()).toEqual(['a', 'b']);
  });

  it('is over with the hold: what was open as posted once more is what is too late now', () => {
    const open = [kept('a', breaks.duplicate(one, high))];
    const late: Break = {
      ...again,
      kind: 'hold-ended',
      rows: [high],
      differenceFen: 1_010,
      proposal: 'firm-corrects',
    };
    expect(carryOn(open, [late])).toEqual({
      fresh: [late],
      again: [],
      replaced: [{ was: open[0], by: late }],
    });
  });
});

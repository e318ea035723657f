import { describe, expect, it } from 'vitest';
import { compare, type OurItem, type OurParty, type TheirRow } from './compare.ts';

const none = { opening: null, points: null, accepted: null, reversed: null, paid: null, closing: null };
const row = (rowNumber: number, said: Partial<TheirRow>): TheirRow => ({
  ...{ rowNumber, party: '', partyText: '', number: '', period: '' },
  ...none,
  ...said,
});
const item = (number: string, micro: number, party = 'firm'): OurItem => ({
  ...{ number, party, micro },
  points: micro / 10_000,
});
const party = (of: Partial<OurParty>): OurParty => ({
  ...{ party: 'firm', opening: 0, points: 0, accepted: 0, reversed: 0, paid: 0, closing: 0 },
  ...of,
});
const against = (
  ours: { parties?: OurParty[]; items?: OurItem[] },
  theirs: readonly TheirRow[],
  elsewhere: readonly string[] = [],
) => {
  const all = { parties: ours.parties ?? [], items: ours.items ?? [] };
  const { matched, differences } = compare(all, theirs, { month: '2026-06', elsewhere: new Set(elsewhere) });
  const shown = differences.map(({ kind, field, number, ours: here, theirs: there, tie }) => [
    ...[kind, field, number, here, there, ...(tie ? ['tie'] : [])],
  ]);
  return { matched, shown };
};

describe('a statement with a row for each document', () => {
  const items = [item('DK-1', 350_000), item('DK-2', 200_000), item('DK-3', 100_000)];

  it('names what each side does not have, what is a fen off, twice there or of another month', () => {
    const rows = [
      row(2, { number: 'DK-1', accepted: 36 }),
      row(3, { number: 'DK-2', accepted: 20, period: '2026-07' }),
      row(4, { number: 'DK-2', accepted: 20 }),
      row(5, { number: 'DK-8', accepted: 5 }),
      row(6, { number: 'DK-9', accepted: 7 }),
    ];
    expect(against({ items }, rows, ['DK-8'])).toEqual({
      matched: 0,
      shown: [
        ['amount', 'accepted', 'DK-1', 35, 36],
        ['wrong-period', 'accepted', 'DK-2', 20, 20],
        ['duplicate', 'accepted', 'DK-2', null, 20],
        ['wrong-period', 'accepted', 'DK-8', null, 5],
        ['missing-here', 'accepted', 'DK-9', null, 7],
        ['missing-there', 'accepted', 'DK-3', 10, null],
      ],
    });
  });

  it('finds a row without a number by being the only one that says so, and never one of two', () => {
    const twins = [item('DK-1', 100_000), item('DK-2', 100_000), item('DK-3', 55_000)];
    const rows = [
      row(2, { party: 'firm', accepted: 10, number: '' }),
      row(3, { party: 'firm', accepted: 5 }),
      row(4, { number: 'DK-3', accepted: 5 }),
    ];
    expect(against({ items: twins }, rows).shown).toEqual([
      ['missing-here', 'accepted', '', null, 10, 'tie'],
      ['missing-here', 'accepted', '', null, 5],
      ['missing-there', 'accepted', 'DK-1', 10, null],
      ['missing-there', 'accepted', 'DK-2', 10, null],
    ]);
  });

  it('tells two estates’ offsets of one number apart by what they say, or asks a person', () => {
    const same = [item('DK-1', 100_000), item('DK-1', 200_000)];
    const both = [row(2, { number: 'DK-1', accepted: 20 }), row(3, { number: 'DK-1', accepted: 10 })];
    expect(against({ items: same }, both)).toEqual({ matched: 2, shown: [] });
    expect(against({ items: same }, [row(2, { number: 'DK-1', accepted: 15 })]).shown).toEqual([
      ['missing-here', 'accepted', 'DK-1', null, 15, 'tie'],
      ['missing-there', 'accepted', 'DK-1', 10, null],
      ['missing-there', 'accepted', 'DK-1', 20, null],
    ]);
  });

  it('keeps what was given back apart from what it was given for', () => {
    const back = [item('91', 100_000), item('91', -40_000)];
    const rows = [row(2, { number: '91', accepted: 10 }), row(3, { number: '91', reversed: 4 })];
    expect(against({ items: back }, rows)).toEqual({ matched: 2, shown: [] });
  });

  it('takes less than a fen for the same: it is not owed yet', () => {
    const items3 = [item('DK-1', 35_999)];
    for (const fen of [3, 4])
      expect(against({ items: items3 }, [row(2, { number: 'DK-1', accepted: fen })]).matched).toBe(1);
    expect(against({ items: items3 }, [row(2, { number: 'DK-1', accepted: 5 })]).matched).toBe(0);
  });
});

describe('a statement with a row for each redeemer', () => {
  const parties = [
    party({ opening: 1_000_000, accepted: 354_900, paid: 1_000_000, closing: 354_900, points: 36 }),
    party({ party: 'shop', accepted: 50_000, closing: 50_000, points: 5 }),
  ];

  it('compares every figure that the row says, and nothing that it leaves out', () => {
    const rows = [
      row(2, { party: 'firm', opening: 100, accepted: 35, paid: 90, closing: 45, points: 37 }),
      row(3, { party: 'shop', closing: 5 }),
    ];
    expect(against({ parties }, rows)).toEqual({
      matched: 1,
      shown: [
        ['amount', 'points', '', 36, 37],
        ['amount', 'paid', '', 100, 90],
        ['amount', 'closing', '', 35, 45],
      ],
    });
  });

  it('names whom it leaves out, names twice, or whom nobody knows; sums of two rows are never made', () => {
    const rows = [
      row(2, { party: 'firm', closing: 20 }),
      row(3, { party: 'firm', closing: 15 }),
      row(4, { partyText: '别家', closing: 1 }),
    ];
    expect(against({ parties }, rows).shown).toEqual([
      ['amount', 'closing', '', 35, 20],
      ['duplicate', 'closing', '', null, 15],
      ['missing-here', 'closing', '', null, 1],
      ['missing-there', 'closing', '', 5, null],
    ]);
  });

  it('does not miss those behind a clearing party where the statement names the clearing party', () => {
    const cleared = [
      party({ party: 'clearing', accepted: 50_000, closing: 50_000, points: 5 }),
      party({
        party: 'shop',
        accepted: 50_000,
        points: 5,
        opening: undefined,
        paid: undefined,
        closing: undefined,
      }),
    ];
    expect(against({ parties: cleared }, [row(2, { party: 'clearing', closing: 5 })])).toEqual({
      matched: 1,
      shown: [],
    });
    expect(against({ parties: cleared }, [row(2, { party: 'shop', accepted: 5, points: 5 })])).toEqual({
      matched: 1,
      shown: [],
    });
  });
});

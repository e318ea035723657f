import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import type { OurItem } from './compare-items.ts';
import type { OurParty } from './compare-parties.ts';
import { FIELDS, fenOf, type TheirRow } from './difference.ts';

const none = { opening: null, points: null, accepted: null, reversed: null, paid: null, closing: null };
const row = (rowNumber: number, said: Partial<TheirRow>): TheirRow => ({
  ...{ rowNumber, party: '', partyText: '', number: '', period: '' },
  ...none,
  ...said,
});
const item = (number: string, micro: number, party = 'firm'): OurItem => ({
  ...{ number, redeemer: party, payee: 'clearing', micro },
  points: micro / 10_000,
});
const party = (of: Partial<OurParty>): OurParty => {
  const figures = {
    ...{ party: 'firm', opening: 0, points: 0, accepted: 0, reversed: 0, paid: 0, closing: 0 },
    ...of,
  };
  const fen = FIELDS.map((field) => [
    field,
    field === 'points' ? figures.points : fenOf(figures[field] ?? 0),
  ]);
  return { ...figures, fen: { ...(Object.fromEntries(fen) as OurParty['fen']), ...of.fen } };
};
const behind = (of: Partial<OurParty>): OurParty =>
  party({ opening: undefined, paid: undefined, closing: undefined, ...of });
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

  it('never pays one firm for another’s offset of the same number', () => {
    const ours = [item('DK-1', 100_000, 'firmA')];
    const of = (said: Partial<TheirRow>) =>
      against({ items: ours }, [row(2, { number: 'DK-1', accepted: 10, ...said })]);
    expect(of({ party: 'firmB', partyText: '乙物业' }).shown).toEqual([
      ['missing-here', 'accepted', 'DK-1', null, 10],
      ['missing-there', 'accepted', 'DK-1', 10, null],
    ]);
    // Words that name nobody of the month are told, though the number is found.
    expect(of({ partyText: '乙物业' }).shown).toEqual([['wrong-party', null, 'DK-1', 10, 10]]);
    for (const who of [
      {},
      { party: 'firmA', partyText: '甲物业' },
      { party: 'clearing', partyText: '结算中心' },
    ])
      expect(of(who)).toEqual({ matched: 1, shown: [] });
  });

  it('does not miss goods that the shop had from the fund: nothing is owed for them', () => {
    const stocked = { ...item('77', 0, 'market'), payee: '', points: 50 };
    const rows = [row(2, { number: 'DK-1', accepted: 35 })];
    expect(against({ items: [items[0]!, stocked] }, rows)).toEqual({ matched: 1, shown: [] });
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
      behind({ party: 'shop', accepted: 50_000, points: 5 }),
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

  it('never calls a row matched of which nothing was compared, or that says a balance nobody has', () => {
    const parties2 = [behind({ party: 'firm', accepted: 354_900, points: 36 })];
    const of = (said: Partial<TheirRow>) =>
      against({ parties: parties2 }, [row(2, { party: 'firm', ...said })]);
    expect(of({ closing: 999_999 })).toEqual({
      matched: 0,
      shown: [['amount', 'closing', '', null, 999_999]],
    });
    expect(of({ closing: 0 })).toEqual({ matched: 0, shown: [['amount', 'closing', '', null, 0]] });
    expect(of({ accepted: 35, closing: 35 }).shown).toEqual([['amount', 'closing', '', null, 35]]);
    expect(of({ accepted: 35, opening: 0, closing: 0 })).toEqual({ matched: 1, shown: [] });
  });

  it('takes the page’s own figure for right where fen were rounded on the way', () => {
    const shown = party({ accepted: 12_250, closing: 12_250, fen: { accepted: 3, closing: 1 } });
    const rows = [row(2, { party: 'firm', accepted: 3, closing: 1 })];
    expect(against({ parties: [shown] }, rows)).toEqual({ matched: 1, shown: [] });
  });

  it('compares a party that changed to a clearing party with what it is owed directly', () => {
    const both = [
      behind({ accepted: 40_000, points: 4 }),
      party({ accepted: 0, opening: 40_000, paid: 40_000 }),
      party({ party: 'clearing', accepted: 40_000, closing: 40_000, points: 4 }),
    ];
    const rows = [
      row(2, { party: 'firm', opening: 4, accepted: 0, paid: 4, closing: 0, points: 0 }),
      row(3, { party: 'clearing', closing: 4 }),
    ];
    expect(against({ parties: both }, rows)).toEqual({ matched: 2, shown: [] });
  });
});

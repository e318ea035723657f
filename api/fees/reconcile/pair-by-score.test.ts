import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcile } from './match.ts';
import { pairByScore } from './pair-by-score.ts';
import type { OurOffset, PostedRow } from './reconciliation.ts';
import { likenessKeys, scoreOf } from './score.ts';

const offset: OurOffset = {
  id: 'o1',
  number: 'DK-2606-0001',
  house: '3-2-0501',
  item: '物业服务费',
  period: '2026-06',
  valueFen: 1_800,
  offsetOn: '2026-06-10',
  exportedOn: '2026-06-10',
  billIssue: 1,
  bill: { issue: 1, amountFen: 11_832, cancelled: false },
};
const row: PostedRow = {
  id: 'r1',
  rowNumber: 3,
  offsetNumber: '',
  house: '3-2-0501',
  item: '物业服务费',
  period: '2026-06',
  amountFen: 1_800,
  postedOn: '2026-06-12',
  state: 'posted',
  remark: '',
};
const other = (changes: Partial<OurOffset>): OurOffset => ({
  ...offset,
  id: 'o2',
  number: 'DK-2606-0002',
  ...changes,
});
const second = (changes: Partial<PostedRow>): PostedRow => ({ ...row, id: 'r2', rowNumber: 4, ...changes });

describe('a row without a number', () => {
  it('is matched by house, period and amount, whenever the firm got round to posting it', () => {
    expect(reconcile([offset], [{ ...row, postedOn: '2026-06-30' }])).toMatchObject({
      breaks: [],
      matches: [{ by: 'score' }],
    });
  });

  it.each<[string, Partial<PostedRow>, string]>([
    ['a fen off', { amountFen: 1_801 }, 'amount'],
    ['in the next period', { period: '2026-07' }, 'wrong-period'],
    ['with a mistyped room', { house: '3-2-0502' }, 'wrong-house'],
    ['with a lost zero', { house: '3-2-501' }, 'wrong-house'],
    ['returned', { state: 'returned' }, 'returned'],
  ])('%s within three days is paired, and the break says how it was found', (_, changes, kind) => {
    const { breaks } = reconcile([offset], [{ ...row, ...changes }]);
    expect(breaks).toMatchObject([{ kind, offset: { id: 'o1' } }]);
    if (kind !== 'returned') expect(breaks[0]?.zh).toContain('没有写这个抵扣单号');
  });

  it.each<[string, Partial<PostedRow>]>([
    ['a fen off four days later', { amountFen: 1_801, postedOn: '2026-06-14' }],
    ['a fen off on an unknown day', { amountFen: 1_801, postedOn: null }],
    ['more than a yuan off', { amountFen: 1_901 }],
    ['with quite another house', { house: '5-1-1203' }],
    ['with a mistyped room and another period', { house: '3-2-0502', period: '2026-07' }],
    ['without a house', { house: '' }],
  ])('%s is not paired by machine', (_, changes) => {
    expect(reconcile([offset], [{ ...row, ...changes }]).breaks.map((found) => found.kind)).toEqual([
      'missing-there',
      'missing-here',
    ]);
  });

  it('that fits one offset in everything is a tie all the same while another one lacks a row that may be mistyped', () => {
    const next = other({ house: '3-2-0502' });
    const { matches, breaks } = reconcile([next, offset], [row]);
    expect(matches).toEqual([]);
    expect(breaks).toMatchObject([
      { kind: 'missing-there', offset: { id: 'o1' }, candidateRows: [{ id: 'r1' }], proposal: 'choose' },
      { kind: 'missing-there', offset: { id: 'o2' }, candidateRows: [{ id: 'r1' }], proposal: 'choose' },
      { kind: 'missing-here', candidateOffsets: [{ id: 'o1' }, { id: 'o2' }], proposal: 'choose' },
    ]);
  });

  it.each<[string, OurOffset, PostedRow[]]>([
    [
      'has its own row',
      other({ house: '3-2-0502' }),
      [second({ offsetNumber: 'DK-2606-0002', house: '3-2-0502' })],
    ],
    [
      'was made on quite another day',
      other({ house: '3-2-0502', offsetOn: '2026-06-20', exportedOn: '2026-06-25' }),
      [],
    ],
    ['is of a house that nobody could take for it', other({ house: '5-1-1203' }), []],
  ])('is matched beside another offset that %s', (_, beside, rows) => {
    const { matches } = reconcile([beside, offset], [row, ...rows]);
    expect(matches).toContainEqual({ offset, row, by: 'score' });
  });

  it('between two equally good offsets is a tie that only a person resolves', () => {
    const one = { ...offset, house: '3-2-0502' };
    const two = other({ house: '3-2-0503' });
    const { matches, breaks } = reconcile([one, two], [row]);
    expect(matches).toEqual([]);
    expect(breaks).toMatchObject([
      { kind: 'missing-there', offset: { id: 'o1' }, candidateRows: [{ id: 'r1' }], proposal: 'choose' },
      { kind: 'missing-there', offset: { id: 'o2' }, candidateRows: [{ id: 'r1' }], proposal: 'choose' },
      { kind: 'missing-here', candidateOffsets: [{ id: 'o1' }, { id: 'o2' }], proposal: 'choose' },
    ]);
    expect(breaks[2]?.zh).toContain('DK-2606-0001、DK-2606-0002 都有可能');
  });

  it('that ties is not then given to a third, worse offset', () => {
    const worse = other({ id: 'o3', number: 'DK-2606-0003', house: '3-2-0504', offsetOn: '2026-06-09' });
    const tied = [{ ...offset, house: '3-2-0502' }, other({ house: '3-2-0503' })];
    expect(pairByScore([...tied, worse], [row]).pairs).toEqual([]);
  });

  it('twice the same for one offset is a tie as well', () => {
    const { breaks } = reconcile([offset], [row, second({})]);
    expect(breaks.map((found) => [found.kind, found.proposal])).toEqual([
      ['missing-there', 'choose'],
      ['missing-here', 'choose'],
      ['missing-here', 'choose'],
    ]);
  });

  it('is decided by the day when all else is equal, but not by one day nearer than another', () => {
    const one = { ...offset, house: '3-2-0502' };
    const later = other({ house: '3-2-0503', offsetOn: '2026-06-12', exportedOn: '2026-06-12' });
    expect(pairByScore([one, later], [row]).pairs).toEqual([]);
    const farRow = { ...row, postedOn: '2026-06-15' };
    expect(pairByScore([one, later], [farRow]).pairs).toMatchObject([{ offset: { id: 'o2' } }]);
  });

  it('is paired by the day on which the offset was made; that of its hand-over, which is many’s, does to doubt', () => {
    const next = other({ house: '3-2-0502', exportedOn: '2026-06-25' });
    const kindsOn = (postedOn: string) =>
      reconcile([next], [{ ...row, postedOn }]).breaks.map(({ kind }) => kind);
    expect(kindsOn('2026-06-13')).toEqual(['wrong-house']);
    expect(kindsOn('2026-06-25')).toEqual(['missing-there', 'missing-here']);
    const on25 = { ...row, postedOn: '2026-06-25' };
    expect(reconcile([offset, next], [on25]).breaks).toHaveLength(3);
    expect(reconcile([offset, { ...next, exportedOn: '2026-06-20' }], [on25]).matches).toHaveLength(1);
  });

  it('that returns something gives points back only where all of it fits', () => {
    const back = { ...row, state: 'returned' as const, house: '3-2-0502' };
    expect(reconcile([offset], [back]).breaks).toMatchObject([
      { kind: 'missing-there', candidateRows: [{ id: 'r1' }], proposal: 'choose' },
      { kind: 'missing-here', candidateOffsets: [{ id: 'o1' }], proposal: 'choose' },
    ]);
  });

  it('that says what a matched row says was posted twice, or is for a person where it takes that row back', () => {
    const numbered = { ...row, offsetNumber: offset.number };
    expect(reconcile([offset], [numbered, second({})])).toMatchObject({
      matches: [{ row: { id: 'r1' } }],
      breaks: [{ kind: 'duplicate', offset: { id: 'o1' }, rows: [{ id: 'r2' }], differenceFen: 1_800 }],
    });
    expect(reconcile([offset], [numbered, second({ state: 'returned' })])).toMatchObject({
      matches: [],
      breaks: [{ kind: 'duplicate', proposal: 'choose', rows: [{ id: 'r1' }, { id: 'r2' }] }],
    });
  });
});

describe('a number that is another offset’s', () => {
  const neighbour = other({ house: '5-1-1203' });
  const theirsOf = (of: OurOffset, changes: Partial<PostedRow>): PostedRow =>
    second({ offsetNumber: of.number, house: of.house, ...changes });

  it('is a tie where both lack a row: the number may be wrong, or the house', () => {
    const { matches, breaks } = reconcile([offset, neighbour], [{ ...row, offsetNumber: neighbour.number }]);
    expect(matches).toEqual([]);
    expect(breaks.map(({ kind, proposal }) => `${kind} ${proposal}`)).toEqual([
      'missing-there choose',
      'missing-there choose',
      'missing-here choose',
    ]);
  });

  it('is wrong where that other one has its row, also one without a number', () => {
    for (const own of [neighbour.number, '']) {
      const rows = [{ ...row, offsetNumber: neighbour.number }, theirsOf(neighbour, { offsetNumber: own })];
      expect(reconcile([offset, neighbour], rows)).toMatchObject({
        matches: [
          { offset: { id: 'o1' }, row: { id: 'r1' }, by: 'score' },
          { offset: { id: 'o2' }, row: { id: 'r2' } },
        ],
        breaks: [],
      });
    }
  });

  it('is right where the house’s own offset has its row: then the house is wrong', () => {
    const rows = [{ ...row, offsetNumber: neighbour.number }, theirsOf(offset, {})];
    expect(reconcile([offset, neighbour], rows)).toMatchObject({
      matches: [{ offset: { id: 'o1' }, row: { id: 'r2' } }],
      breaks: [{ kind: 'wrong-house', offset: { id: 'o2' }, rows: [{ id: 'r1' }] }],
    });
  });

  it('does not give its points back: a returned row is of the house that it names', () => {
    const back = { ...row, offsetNumber: neighbour.number, state: 'returned' as const };
    expect(reconcile([offset, neighbour], [theirsOf(neighbour, {}), back])).toMatchObject({
      matches: [{ offset: { id: 'o2' } }],
      breaks: [{ kind: 'returned', offset: { id: 'o1' }, rows: [{ id: 'r1' }] }],
    });
  });
});

describe('likeness of houses', () => {
  it('is shared by a mistyped room and a lost zero, not by another unit', () => {
    const alike = (a: string, b: string) => likenessKeys(a).some((key) => likenessKeys(b).includes(key));
    expect(alike('3-2-0501', '3-2-0591')).toBe(true);
    expect(alike('3-2-0501', '3-2-501')).toBe(true);
    expect(alike('3-2-0501', '3-2-0510')).toBe(false);
    expect(alike('3-2-0501', '3-1-0501')).toBe(false);
  });

  it('scores an exact fit above every other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('3-2-0501', '3-2-0502', '3-2-501'),
        fc.constantFrom('2026-06', '2026-07'),
        fc.constantFrom(1_800, 1_801),
        fc.constantFrom('2026-06-10', '2026-06-13', '2026-06-30'),
        (house, period, amountFen, postedOn) => {
          const exact = scoreOf(offset, { ...row, postedOn: '2026-06-30', item: '' }, false) ?? 0;
          const found = scoreOf(offset, { ...row, house, period, amountFen, postedOn }, true);
          if (house === offset.house && period === offset.period && amountFen === offset.valueFen) return;
          expect(found ?? 0).toBeLessThan(exact);
        },
      ),
    );
  });
});

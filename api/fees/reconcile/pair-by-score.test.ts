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

  it('goes to the better of two offsets, the other one stays missing', () => {
    const near = other({ house: '3-2-0502' });
    const { matches, breaks } = reconcile([near, offset], [row]);
    expect(matches).toMatchObject([{ offset: { id: 'o1' } }]);
    expect(breaks).toMatchObject([{ kind: 'missing-there', offset: { id: 'o2' } }]);
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

  it('is decided by the day when all else is equal', () => {
    const { pairs, tiedOffsets } = pairByScore(
      [{ ...offset, house: '3-2-0502' }, other({ house: '3-2-0503', offsetOn: '2026-06-12' })],
      [row],
    );
    expect(pairs).toMatchObject([{ offset: { id: 'o2' } }]);
    expect(tiedOffsets.size).toBe(0);
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

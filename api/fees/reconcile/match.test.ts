import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import { noLongerPosted } from './breaks.ts';
import { reconcile } from './match.ts';
import type { OurOffset, PostedRow } from './reconciliation.ts';

const kinds = (offsets: OurOffset[], rows: PostedRow[]) =>
  reconcile(offsets, rows).breaks.map((found) => `${found.offset?.number ?? '–'} ${found.kind}`);

describe('the planted rows of the worked month', () => {
  const o1 = ours(1, { valueFen: 3_549 });
  const o2 = ours(2, { valueFen: 2_000 });
  const o3 = ours(3, { valueFen: 3_549 });
  const o4 = ours(4);
  const o5 = ours(5);
  const o6 = ours(6, { house: '3-2-0501', valueFen: 1_200 });
  const o7 = ours(7, { billIssue: 1, bill: { issue: 2, amountFen: 11_000, cancelled: false } });
  const o8 = ours(8, { valueFen: 3_000 });
  const o9 = ours(9);
  const nobody = ours(99, { house: '9-1-0101', valueFen: 1_800 });
  const offsets = [o1, o2, o3, o4, o5, o6, o7, o8, o9];
  const rows = [
    theirs(o1, 3),
    theirs(nobody, 4, { offsetNumber: '' }),
    theirs(o3, 5, { amountFen: 3_550 }),
    theirs(o4, 6),
    theirs(o4, 7),
    theirs(o5, 8, { period: '2026-07' }),
    theirs(o6, 9, { house: '3-2-0502' }),
    theirs(o8, 10, { offsetNumber: '', amountFen: 11_832, state: 'paid-otherwise', remark: '现金' }),
    theirs(o9, 11, { state: 'returned', remark: '账单已作废' }),
  ];
  const result = reconcile(offsets, rows);
  const breakOf = (offset?: OurOffset) => result.breaks.filter((found) => found.offset === offset);

  it('0001: 35.49 posted as 35.49 is no break', () => {
    expect(breakOf(o1)).toEqual([]);
    expect(result.matches.map(({ offset, by }) => [offset.number, by])).toEqual([
      ['DK-2606-0001', 'number'],
      ['DK-2606-0004', 'number'],
    ]);
  });

  it('0002: 20.00 is missing there', () => {
    expect(breakOf(o2)).toMatchObject([
      { kind: 'missing-there', differenceFen: -2_000, rows: [], proposal: 'firm-corrects' },
    ]);
  });

  it('18.00 without a number is missing here', () => {
    expect(breakOf(undefined)).toMatchObject([
      { kind: 'missing-here', differenceFen: 1_800, rows: [{ rowNumber: 4 }] },
    ]);
    expect(breakOf(undefined)[0]?.zh).toBe(
      '清单第 4 行（没有抵扣单号，9-1-0101，18.00 元）：我方没有对应的抵扣单',
    );
  });

  it('0003: 35.50 for 35.49 is an amount break of one fen', () => {
    expect(breakOf(o3)).toMatchObject([{ kind: 'amount', differenceFen: 1, also: [] }]);
    expect(breakOf(o3)[0]?.zh).toContain('物业多记 0.01 元');
  });

  it('0004: 10.00 twice is one match and one duplicate', () => {
    expect(breakOf(o4)).toMatchObject([
      { kind: 'duplicate', differenceFen: 1_000, rows: [{ rowNumber: 7 }] },
    ]);
  });

  it('0005: 202607 for 202606 is the wrong period', () => {
    expect(breakOf(o5)).toMatchObject([{ kind: 'wrong-period', differenceFen: 0 }]);
  });

  it('0006: 3-2-0502 for 3-2-0501 is the wrong house', () => {
    expect(breakOf(o6)).toMatchObject([{ kind: 'wrong-house', differenceFen: 0 }]);
    expect(breakOf(o6)[0]?.en).toContain('ours 3-2-0501, theirs 3-2-0502');
  });

  it('0007: on issue 1 of a bill that has been issued again', () => {
    expect(breakOf(o7)).toMatchObject([
      { kind: 'reissued', differenceFen: -1_000, proposal: 'offset-new-bill' },
    ]);
  });

  it('0008: the 118.32 were received in cash first, so the points go back', () => {
    expect(breakOf(o8)).toMatchObject([{ kind: 'paid-first', differenceFen: -3_000, proposal: 'release' }]);
    expect(breakOf(o8)[0]?.zh).toContain('另外收款 118.32 元');
  });

  it('0009: returned because the bill was cancelled, so the points go back', () => {
    expect(breakOf(o9)).toMatchObject([{ kind: 'returned', differenceFen: -1_000, proposal: 'release' }]);
    expect(breakOf(o9)[0]?.zh).toContain('账单已作废');
  });

  it('and nothing else: the breaks are the difference of the totals', () => {
    expect(result.breaks).toHaveLength(9);
    expect(result.totals.oursFen).toBe(17_298);
    expect(result.totals.matchedFen).toBe(4_549);
    expect(result.totals.differenceFen).toBe(
      result.breaks.reduce((sum, found) => sum + found.differenceFen, 0),
    );
    for (const found of result.breaks) expect(found.zh + found.en).not.toContain('undefined');
  });
});

describe('a row that returns', () => {
  const offset = ours(1, { valueFen: 3_549 });
  const proposalOf = (amountFen: number) =>
    reconcile([offset], [theirs(offset, 3, { state: 'returned', amountFen })]).breaks.map(
      ({ kind, proposal }) => `${kind} ${proposal}`,
    );

  it('gives points back by itself for the whole value alone, or where it names none', () => {
    expect(proposalOf(3_549)).toEqual(['returned release']);
    expect(proposalOf(0)).toEqual(['returned release']);
  });

  it('leaves another amount, a part or the whole bill, to the firm', () => {
    expect(proposalOf(1_000)).toEqual(['returned firm-corrects']);
    expect(proposalOf(11_832)).toEqual(['returned firm-corrects']);
  });

  it('reverses what was posted before for the same two', () => {
    const said = [3_549, 0, 1_000].map((amountFen) =>
      noLongerPosted(offset, theirs(offset, 3, { state: 'returned', amountFen }), {
        ...{ fen: amountFen || 3_549, writtenOffFen: 0 },
      }),
    );
    expect(said.map(({ proposal }) => proposal)).toEqual(['reverse', 'reverse', 'firm-corrects']);
    expect(said.map(({ differenceFen }) => differenceFen)).toEqual([-3_549, -3_549, -1_000]);
    expect(said[1]?.zh).toContain('冲回');
    expect(said[2]?.zh).toContain('一共退了 10.00 元，物业账上还有 25.49 元');
  });
});

describe('a row with a number', () => {
  it('names every difference of its pair in one break', () => {
    const offset = ours(1);
    const [found] = reconcile([offset], [theirs(offset, 3, { period: '2026-07', amountFen: 900 })]).breaks;
    expect(found).toMatchObject({ kind: 'wrong-period', also: ['amount'], differenceFen: -100 });
    expect(found?.zh).toContain('少记 1.00 元');
  });

  it('may leave house and period out without disagreeing', () => {
    const offset = ours(1);
    expect(kinds([offset], [theirs(offset, 3, { house: '', period: '' })])).toEqual([]);
  });

  it('takes the exact row of several, wherever it stands', () => {
    const offset = ours(1);
    const rows = [theirs(offset, 3, { amountFen: 900 }), theirs(offset, 4)];
    const result = reconcile([offset], rows);
    expect(result.matches[0]?.row.rowNumber).toBe(4);
    expect(result.breaks).toMatchObject([{ kind: 'duplicate', differenceFen: 900 }]);
  });

  it('is left to a person when several rows are wrong in different ways', () => {
    const offset = ours(1);
    const rows = [theirs(offset, 3, { amountFen: 900 }), theirs(offset, 4, { period: '2026-07' })];
    const result = reconcile([offset], rows);
    expect(result.matches).toEqual([]);
    expect(result.breaks).toMatchObject([{ kind: 'duplicate', proposal: 'choose', differenceFen: 900 }]);
  });

  it('that was posted and then returned counts as returned', () => {
    const offset = ours(1);
    const result = reconcile([offset], [theirs(offset, 3), theirs(offset, 4, { state: 'returned' })]);
    expect(result.breaks).toMatchObject([{ kind: 'returned' }]);
    expect(result.totals).toMatchObject({ theirsFen: 0, differenceFen: -1_000 });
  });

  it('that was posted, returned and posted again is in order', () => {
    const offset = ours(1);
    const rows = [theirs(offset, 3), theirs(offset, 4, { state: 'returned' }), theirs(offset, 5)];
    expect(reconcile([offset], rows)).toMatchObject({ breaks: [], totals: { theirsFen: 1_000 } });
  });

  it('that was returned in part is posted by what is left, which may be all of it', () => {
    const offset = ours(1);
    const rows = [theirs(offset, 3), theirs(offset, 4, { state: 'returned', amountFen: 400 })];
    const result = reconcile([offset], rows);
    expect(result.breaks).toMatchObject([
      { kind: 'amount', proposal: 'firm-corrects', differenceFen: -400, rows: [{ id: 'r3' }, { id: 'r4' }] },
    ]);
    expect(result.breaks[0]?.zh).toContain('物业 6.00 元，物业少记 4.00 元。确实只能抵 6.00 元的');
    expect(result.totals).toMatchObject({ theirsFen: 600, differenceFen: -400 });
    const more = [theirs(offset, 3, { amountFen: 1_400 }), rows[1]!];
    expect(reconcile([offset], more)).toMatchObject({ breaks: [], totals: { differenceFen: 0 } });
    // Of which of two rows it is a part is for a person to say.
    expect(reconcile([offset], [...rows, theirs(offset, 5)]).breaks).toMatchObject([
      { kind: 'duplicate', proposal: 'choose' },
    ]);
  });

  it('that carries the whole bill was paid in money first', () => {
    const offset = ours(8, { valueFen: 3_000 });
    expect(kinds([offset], [theirs(offset, 3, { amountFen: 11_832, remark: '已收' })])).toEqual([
      'DK-2606-0008 paid-first',
    ]);
  });

  it('typed into another offset’s number is found by house, amount and period', () => {
    const [o12, o13] = [ours(12), ours(13, { valueFen: 2_000 })];
    const result = reconcile([o12, o13], [theirs(o13, 3), theirs(o12, 4, { offsetNumber: o13.number })]);
    expect(result.breaks).toEqual([]);
    expect(result.matches.map(({ offset, by }) => [offset.id, by])).toEqual([
      ['o12', 'score'],
      ['o13', 'number'],
    ]);
  });

  it('is believed at last when nothing else fits it', () => {
    const offset = ours(1);
    const row = theirs(offset, 3, { house: '8-1-0101', amountFen: 5 });
    expect(reconcile([offset], [row]).breaks).toMatchObject([
      { kind: 'wrong-house', also: ['amount'], offset: { id: 'o1' } },
    ]);
  });

  it('of an offset that is posted already is a duplicate, even for another house', () => {
    const offset = ours(1);
    const rows = [theirs(offset, 3), theirs(offset, 4, { house: '8-1-0101' })];
    expect(kinds([offset], rows)).toEqual(['DK-2606-0001 duplicate']);
  });

  it('is late after the month that follows its hand-over, and proposed to be accepted all the same', () => {
    const offset = ours(1, { exportedOn: '2026-06-25' });
    expect(kinds([offset], [theirs(offset, 3, { postedOn: '2026-07-31' })])).toEqual([]);
    const late = theirs(offset, 3, { postedOn: '2026-08-01' });
    expect(reconcile([offset], [late]).breaks).toMatchObject([
      { kind: 'late', differenceFen: 0, proposal: 'accept', rows: [{ id: 'r3' }] },
    ]);
    expect(reconcile([offset], [late]).breaks[0]?.zh).toBe(
      'DK-2606-0001：入账晚了，2026-06-25 交给物业，2026-08-01 才入账',
    );
    expect(reconcile([offset], [{ ...late, amountFen: 900 }]).breaks).toMatchObject([
      { kind: 'amount', also: ['late'], proposal: 'firm-corrects' },
    ]);
  });

  it('is late over the turn of the year as over any other', () => {
    const offset = ours(1, { exportedOn: '2026-12-25' });
    expect(kinds([offset], [theirs(offset, 3, { postedOn: '2027-01-31' })])).toEqual([]);
    expect(kinds([offset], [theirs(offset, 3, { postedOn: '2027-02-01' })])).toEqual(['DK-2606-0001 late']);
  });

  it('must be ours only once: two offsets with one number are a bug', () => {
    expect(() => reconcile([ours(1), ours(1, { id: 'o2' })], [])).toThrow(RangeError);
  });
});

describe('an offset without a row', () => {
  it('is not paid first when only the rest of the bill came in money', () => {
    const offset = ours(1);
    const rest = theirs(offset, 3, { offsetNumber: '', amountFen: 10_832, state: 'paid-otherwise' });
    expect(kinds([offset], [rest])).toEqual(['DK-2606-0001 missing-there']);
    expect(kinds([offset], [rest, { ...rest, id: 'r4', rowNumber: 4, amountFen: 1 }])).toEqual([
      'DK-2606-0001 paid-first',
    ]);
  });

  it('is paid first by money whose item and period the list does not say, not by money for another line', () => {
    const offset = ours(1);
    const money = theirs(offset, 3, { offsetNumber: '', amountFen: 11_832, state: 'paid-otherwise' });
    expect(kinds([offset], [{ ...money, item: '', period: '' }])).toEqual(['DK-2606-0001 paid-first']);
    for (const elsewhere of [
      { item: '停车费' },
      { period: '2026-05' },
      { house: '3-2-0502' },
      { house: '' },
    ]) {
      expect(kinds([offset], [{ ...money, ...elsewhere }])).toEqual(['DK-2606-0001 missing-there']);
    }
  });

  it('on a cancelled bill goes back', () => {
    const offset = ours(1, { bill: { issue: 1, amountFen: 11_832, cancelled: true } });
    expect(reconcile([offset], []).breaks).toMatchObject([{ kind: 'missing-there', proposal: 'release' }]);
  });

  it('on a reissued bill is a break also once the firm has posted it: nothing was agreed for that bill', () => {
    const offset = ours(1, { bill: { issue: 2, amountFen: 11_000, cancelled: false } });
    expect(kinds([offset], [theirs(offset, 3)])).toEqual(['DK-2606-0001 reissued']);
  });
});

describe('money that was received', () => {
  it('is no break by itself', () => {
    const stranger = ours(50);
    expect(kinds([], [theirs(stranger, 3, { offsetNumber: '', state: 'paid-otherwise' })])).toEqual([]);
  });
});

it('of a row that is posted and taken back without its number the posted one comes first, wherever it stands', () => {
  const offset = ours(1);
  const bare = { offsetNumber: '' };
  const rows = [theirs(offset, 3, { ...bare, state: 'returned' }), theirs(offset, 4)];
  const [found] = reconcile([offset], rows).breaks;
  expect(found).toMatchObject({ proposal: 'choose', rows: [{ rowNumber: 4 }, { rowNumber: 3 }] });
});

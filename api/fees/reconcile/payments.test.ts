import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import { reconcile } from './match.ts';
import type { PostedRow } from './reconciliation.ts';
import { offersFor } from './resolutions.ts';

const offset = ours(8, { valueFen: 3_000 });
const posted = theirs(offset, 3);
const money = (rowNumber: number, amountFen: number, changes: Partial<PostedRow> = {}) =>
  theirs(offset, rowNumber, { offsetNumber: '', amountFen, state: 'paid-otherwise', ...changes });
const kinds = (...rows: PostedRow[]) => reconcile([offset], rows).breaks.map(({ kind }) => kind);

describe('an offset that the firm has posted, and whose whole bill stands in cash in the same list', () => {
  it('was paid first: no machine takes it, and two people may where the cash has the offset in it', () => {
    for (const cash of [money(4, 11_832), money(4, 11_832, { offsetNumber: offset.number })]) {
      const { matches, breaks } = reconcile([offset], [posted, cash]);
      expect(matches).toEqual([]);
      expect(breaks).toMatchObject([
        { kind: 'paid-first', offset, rows: [posted], differenceFen: 0, proposal: 'firm-corrects' },
      ]);
      expect(breaks[0]?.zh).toContain('账单 118.32 元已收款 118.32 元，物业又入账抵扣 30.00 元');
      const { kind, proposal, differenceFen } = breaks[0]!;
      const offers = offersFor({
        kind,
        proposal,
        differenceFen,
        offsetState: 'exported',
        rowState: 'posted',
      });
      expect(offers).toContainEqual({ resolution: 'accept', secondPerson: true });
      expect(offers).toContainEqual({ resolution: 'release', secondPerson: true });
    }
  });

  it('is in order where the cash is the rest of the bill, in one row or several', () => {
    expect(kinds(posted, money(4, 8_832))).toEqual([]);
    expect(kinds(posted, money(4, 8_000), money(5, 832))).toEqual([]);
    expect(kinds(posted, money(4, 8_000), money(5, 833))).toEqual(['paid-first']);
  });

  it('says so beside what else is wrong with the row', () => {
    const { breaks } = reconcile([offset], [{ ...posted, amountFen: 3_001 }, money(4, 11_832)]);
    expect(breaks).toMatchObject([{ kind: 'paid-first', also: ['amount'], proposal: 'firm-corrects' }]);
  });

  it('has no room on a bill issued anew either, which one person may not overlook', () => {
    const anew = { ...offset, bill: { ...offset.bill, issue: 2 } };
    expect(reconcile([anew], [posted]).breaks).toMatchObject([{ kind: 'reissued', proposal: 'accept' }]);
    expect(reconcile([anew], [posted, money(4, 11_832)]).breaks).toMatchObject([
      { kind: 'reissued', proposal: 'firm-corrects' },
    ]);
  });
});

describe('money that names no item or no period', () => {
  const bare = { item: '', period: '' } as const;

  it('counts row by row, as each may be of another line', () => {
    expect(kinds(posted, money(4, 6_000, bare), money(5, 6_000, bare))).toEqual([]);
    expect(kinds(posted, money(4, 11_832, { period: '' }))).toEqual(['paid-first']);
    expect(kinds(money(4, 6_000, bare), money(5, 6_000, bare))).toEqual(['missing-there']);
  });

  it('does not count where it was given back', () => {
    expect(kinds(posted, money(4, 11_832, bare), money(5, -11_832, bare))).toEqual([]);
    expect(kinds(posted, money(4, 11_832, bare), money(5, 11_832, bare), money(6, -11_832, bare))).toEqual([
      'paid-first',
    ]);
  });
});

describe('money given back', () => {
  it('takes the payment back that it was of: the bill was not paid', () => {
    expect(kinds(money(4, 12_332), money(5, -12_332))).toEqual(['missing-there']);
    expect(kinds(posted, money(4, 12_332), money(5, -12_332))).toEqual([]);
    expect(kinds(posted, money(4, 11_832), money(5, -1))).toEqual(['paid-first']);
  });

  it('gives no points back, also in the value of an offset or under its number', () => {
    for (const back of [money(4, -3_000), money(4, -3_000, { offsetNumber: offset.number })])
      expect(reconcile([offset], [back]).breaks).toMatchObject([
        { kind: 'missing-there', proposal: 'firm-corrects' },
      ]);
  });
});

describe('money that an earlier list had for the bill', () => {
  const kindsAfter = (before: PostedRow[], ...rows: PostedRow[]) =>
    reconcile([offset], rows, { paidBefore: before }).breaks.map(({ kind }) => kind);

  it('leaves no room for what this one posts, whichever half of a list comes first', () => {
    expect(kindsAfter([money(4, 11_832)], posted)).toEqual(['paid-first']);
    expect(kindsAfter([money(4, 8_832)], posted)).toEqual([]);
  });

  it('counts once where this one has it again, and not where this one gives it back', () => {
    const half = [money(4, 4_500)];
    expect(kindsAfter(half, posted, money(7, 4_500))).toEqual([]);
    expect(kindsAfter(half, posted, money(7, 4_500), money(8, 4_500))).toEqual(['paid-first']);
    expect(kindsAfter([money(4, 11_832)], posted, money(7, -11_832))).toEqual([]);
  });
});

describe('a bill that was issued anew', () => {
  it('and has no room is no bill that was paid in money', () => {
    const anew = { ...offset, bill: { issue: 2, amountFen: 26, cancelled: false, paidFen: 0 } };
    const { breaks } = reconcile([anew], []);
    expect(breaks).toMatchObject([{ kind: 'reissued', proposal: 'offset-new-bill' }]);
    expect(breaks[0]?.zh).not.toContain('已另外收款');
  });
});

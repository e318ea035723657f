import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import { reconcile } from './match.ts';
import type { PostedRow } from './reconciliation.ts';
import { offersFor } from './resolutions.ts';

const offset = ours(1);
const found = (changes: Partial<PostedRow>, of = offset) => reconcile([of], [theirs(of, 3, changes)]);
const chosen = [
  { kind: 'missing-there', offset: { id: 'o1' }, candidateRows: [{ id: 'r3' }], proposal: 'choose' },
  { kind: 'missing-here', candidateOffsets: [{ id: 'o1' }], proposal: 'choose' },
];

describe('a row that fits an offset in everything but its number', () => {
  it('and names a voucher of the firm’s other estates is for two persons: DK-2612-0777 stands on a house of the same name', () => {
    const { matches, breaks } = found({ offsetNumber: 'DK-2612-0777' });
    expect(matches).toEqual([]);
    expect(breaks).toMatchObject([
      {
        kind: 'wrong-number',
        offset: { id: 'o1' },
        rows: [{ id: 'r3' }],
        differenceFen: 0,
        proposal: 'firm-corrects',
      },
    ]);
    expect(breaks[0]?.zh).toContain('清单写的是 DK-2612-0777，不是这一张');
    const of = { kind: 'wrong-number', proposal: 'firm-corrects', differenceFen: 0 } as const;
    const offers = offersFor({ ...of, offsetState: 'exported', rowState: 'posted' });
    expect(offers.filter(({ secondPerson }) => !secondPerson)).toMatchObject([
      { resolution: 'firm-corrects' },
    ]);
    expect(offers).toContainEqual({ resolution: 'accept', secondPerson: true });
    expect(found({ offsetNumber: 'DK-2612-0777', postedOn: '2026-08-01' }).breaks).toMatchObject([
      { kind: 'late', also: ['wrong-number'], proposal: 'firm-corrects' },
    ]);
  });

  it('gives no points back under such a number', () => {
    expect(found({ offsetNumber: 'DK-2612-0777', state: 'returned' }).breaks).toMatchObject(chosen);
  });

  it('is for two persons also where the bill was issued anew and has room for it', () => {
    const anew = { ...offset, bill: { ...offset.bill, issue: 2 } };
    expect(found({ offsetNumber: 'DK-2612-0777' }, anew).breaks).toMatchObject([
      { kind: 'reissued', also: ['wrong-number'], proposal: 'firm-corrects' },
    ]);
  });

  it('and names none, or what is no number of ours, is matched', () => {
    for (const offsetNumber of ['', '2606-1'])
      expect(found({ offsetNumber }).matches).toMatchObject([{ by: 'score' }]);
  });

  it('and nowhere says that it is about points is for a person', () => {
    expect(found({ offsetNumber: '', isUnsaid: true }).breaks).toMatchObject(chosen);
    expect(found({ offsetNumber: '', isUnsaid: true, state: 'returned' }).breaks).toMatchObject(chosen);
    expect(found({ isUnsaid: true }).matches).toMatchObject([{ by: 'number' }]);
  });

  it('is for a person while another offset says the same, whose own number stands beside something else', () => {
    const twin = ours(2, { house: offset.house });
    const bare = theirs(offset, 3, { offsetNumber: '' });
    const wrong = theirs(twin, 4, { amountFen: 26 });
    expect(reconcile([offset, twin], [bare, wrong]).matches).toEqual([]);
    expect(reconcile([offset, twin], [bare, theirs(twin, 4)]).matches).toHaveLength(2);
  });
});

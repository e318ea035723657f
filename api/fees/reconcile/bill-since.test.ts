import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import { reconcile } from './match.ts';
import { offersFor } from './resolutions.ts';
import type { OurOffset, PostedRow } from './reconciliation.ts';

const bill = (changes: Partial<OurOffset['bill']>): Partial<OurOffset> => ({
  valueFen: 3_549,
  bill: { issue: 1, amountFen: 11_832, cancelled: false, ...changes },
});
const found = (offset: OurOffset, rows: PostedRow[] = [theirs(offset, 3)]) => {
  const { matches, breaks, notYetDue, totals } = reconcile([offset], rows);
  expect(breaks.reduce((sum, each) => sum + each.differenceFen, 0)).toBe(totals.differenceFen);
  const said = breaks.map(({ kind, also, differenceFen, proposal }) =>
    [kind, ...also, differenceFen, proposal].join(' '),
  );
  return { matches: matches.length, notYetDue: notYetDue.length, said, zh: breaks[0]?.zh ?? '' };
};
const offers = (kind: string, proposal: 'accept' | 'firm-corrects', offsetState = 'exported') =>
  offersFor({ kind, proposal, differenceFen: 0, offsetState, rowState: 'posted' }).map(
    ({ resolution, secondPerson }) => `${resolution}${secondPerson ? ' by two' : ''}`,
  );

describe('an offset that the firm has posted', () => {
  it('is never matched by machine once its bill was issued anew, and accepted by one only where the new one has room', () => {
    const smaller = found(ours(1, bill({ issue: 2, amountFen: 2_000 })));
    expect(smaller).toMatchObject({ matches: 0, said: ['reissued 0 firm-corrects'] });
    expect(smaller.zh).toContain('20.00');
    const alike = found(ours(1, bill({ issue: 2, amountFen: 11_830, mostFen: 3_549 })));
    expect(alike).toMatchObject({ matches: 0, said: ['reissued 0 accept'] });
    const aboveShare = found(ours(1, bill({ issue: 2, amountFen: 11_820, mostFen: 3_546 })));
    expect(aboveShare.said).toEqual(['reissued 0 firm-corrects']);
    const cancelled = found(ours(1, bill({ cancelled: true })));
    expect(cancelled).toMatchObject({ matches: 0, said: ['reissued 0 firm-corrects'] });
    expect(cancelled.zh).toContain('作废');
    expect(offers('reissued', 'accept')).toEqual(['firm-corrects', 'accept', 'release by two']);
    expect(offers('reissued', 'firm-corrects')).toEqual(['firm-corrects', 'release by two']);
  });

  it('is paid first where the bills say so, whatever the list says', () => {
    const offset = ours(1, bill({ paidFen: 11_832 }));
    expect(found(offset)).toMatchObject({ matches: 0, said: ['paid-first 0 firm-corrects'] });
    expect(found(offset, []).said).toEqual(['paid-first -3549 release']);
    expect(found(ours(1, bill({ paidFen: 8_283 }))).matches).toBe(1);
    expect(found(ours(1, bill({ paidFen: 8_284 }))).said).toEqual(['paid-first 0 firm-corrects']);
    expect(offers('paid-first', 'firm-corrects')).toEqual([
      'firm-corrects',
      'accept by two',
      'release by two',
    ]);
  });

  it('says the rest of what differs beside it', () => {
    const offset = ours(1, bill({ issue: 2, amountFen: 11_000 }));
    expect(found(offset, [theirs(offset, 3, { amountFen: 3_550 })]).said).toEqual([
      'reissued amount 1 firm-corrects',
    ]);
  });
});

describe('an offset that the firm has not decided about', () => {
  it('waits for a later list: neither matched nor missing, with its number or by its line', () => {
    const offset = ours(1);
    for (const changes of [{}, { offsetNumber: '' }]) {
      const waits = theirs(offset, 3, { state: 'waiting', ...changes });
      expect(found(offset, [waits])).toEqual({ matches: 0, notYetDue: 1, said: [], zh: '' });
    }
    const elsewhere = theirs(offset, 3, { state: 'waiting', offsetNumber: '', house: '3-2-0502' });
    expect(found(offset, [elsewhere]).said).toEqual(['missing-there -1000 firm-corrects']);
  });

  it('is posted where the same list posts it further down', () => {
    const offset = ours(1);
    const rows = [theirs(offset, 3, { state: 'waiting' }), theirs(offset, 4)];
    expect(found(offset, rows)).toMatchObject({ matches: 1, said: [] });
  });
});

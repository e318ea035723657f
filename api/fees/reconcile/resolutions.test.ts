import { describe, expect, it } from 'vitest';
import { acceptedProposal, offersFor, type Resolvable } from './resolutions.ts';

const words = (of: Pick<Resolvable, 'kind' | 'proposal'> & Partial<Resolvable>) =>
  offersFor({ offsetState: 'exported', rowState: 'posted', differenceFen: 0, ...of })
    .map(({ resolution, secondPerson }) => (secondPerson ? `${resolution} by two` : resolution))
    .join(', ');

describe('what a break may be resolved by', () => {
  it.each(['amount', 'wrong-period', 'wrong-house', 'duplicate'])(
    '%s: the firm has posted it, so two may accept it and nobody gives back',
    (kind) => {
      expect(words({ kind, proposal: 'firm-corrects' })).toBe('firm-corrects, accept by two');
    },
  );

  it('one person chooses where the comparison leaves the choice to a person', () => {
    expect(words({ kind: 'duplicate', proposal: 'choose' })).toBe('firm-corrects, accept');
  });

  it('late: one person accepts what is only late', () => {
    expect(words({ kind: 'late', proposal: 'accept' })).toBe('firm-corrects, accept');
    expect(words({ kind: 'amount', proposal: 'accept', offsetState: 'posted' })).toBe('firm-corrects');
  });

  it.each(['paid-first', 'returned', 'hold-ended'])(
    '%s: the points go back as proposed, and are never handed over',
    (kind) => {
      expect(words({ kind, proposal: 'release' })).toBe('firm-corrects, release');
    },
  );

  it.each(['reissued', 'paid-first'])('%s, and never handed over: there is nothing to correct', (kind) => {
    const of = { kind, rowState: null, offsetState: 'held' };
    expect(words({ ...of, proposal: 'release' })).toBe('release');
  });

  it('the points of a bill that was issued anew go back, to be put against the new one', () => {
    expect(words({ kind: 'reissued', proposal: 'offset-new-bill', rowState: null })).toBe(
      'firm-corrects, release',
    );
  });

  it('what the firm does not have is given back by two, or by one where its bill was cancelled', () => {
    const missing = { kind: 'missing-there', rowState: null };
    expect(words({ ...missing, proposal: 'firm-corrects' })).toBe('firm-corrects, release by two');
    expect(words({ ...missing, proposal: 'choose' })).toBe('firm-corrects, accept, release by two');
    expect(words({ ...missing, proposal: 'release' })).toBe('firm-corrects, release');
  });

  it('what was returned of a posted offset, in whole or in part, is reversed by two', () => {
    const posted = { kind: 'returned', offsetState: 'posted', rowState: 'returned' } as const;
    const both = 'firm-corrects, reverse by two';
    expect(words({ ...posted, proposal: 'reverse', differenceFen: -3_549 })).toBe(both);
    expect(words({ ...posted, proposal: 'firm-corrects', differenceFen: -1_549 })).toBe(both);
    const notYet = {
      ...posted,
      rowState: 'waiting',
      proposal: 'firm-corrects',
      differenceFen: -3_549,
    } as const;
    expect(words(notYet)).toBe('firm-corrects');
  });

  it.each([null, 'posted', 'returned', 'cancelled'])(
    'no points move where the offset is none of ours or settled (%s)',
    (offsetState) => {
      expect(words({ kind: 'amount', proposal: 'firm-corrects', offsetState })).toBe('firm-corrects');
      expect(words({ kind: 'paid-first', proposal: 'release', offsetState })).toBe('firm-corrects');
    },
  );

  it.each([null, 'returned', 'paid-otherwise'] as const)(
    'nothing is accepted that no posted row has (%s)',
    (rowState) => {
      expect(words({ kind: 'duplicate', proposal: 'choose', rowState })).toBe('firm-corrects');
    },
  );

  describe('by writing off', () => {
    const tooMuch = { proposal: 'firm-corrects', differenceFen: 1 } as const;

    it('what the firm posted too much of an offset is handed over and the rest written off, by two', () => {
      expect(words({ ...tooMuch, kind: 'amount' })).toBe('firm-corrects, write-off by two');
    });

    it.each(['amount', 'wrong-period', 'wrong-house', 'wrong-item', 'late'])(
      '%s: what differs in more than that is written off as well, and what is too little is never accepted',
      (kind) => {
        const proposal = kind === 'late' ? 'accept' : 'firm-corrects';
        expect(words({ kind, proposal, differenceFen: 1_000 })).toBe('firm-corrects, write-off by two');
        expect(words({ kind, proposal, differenceFen: -500 })).toBe('firm-corrects, release by two');
      },
    );

    it('a row that posts an offset once more waits for the offset to be settled by its own', () => {
      expect(words({ ...tooMuch, kind: 'duplicate' })).toBe('firm-corrects');
    });

    it.each([
      ['missing-here', null],
      ['duplicate', 'posted'],
    ])('%s: the firm bears what its books alone have', (kind, offsetState) => {
      expect(words({ ...tooMuch, kind, offsetState })).toBe('firm-corrects, write-off by two');
      expect(words({ ...tooMuch, kind, offsetState, rowState: 'returned' })).toBe('firm-corrects');
      expect(words({ ...tooMuch, kind, offsetState, proposal: 'choose' })).toBe('firm-corrects');
    });
  });

  it('only what one person may do is taken up for several at once', () => {
    const taken = (of: Parameters<typeof words>[0]) =>
      acceptedProposal({ offsetState: 'exported', rowState: 'posted', differenceFen: 0, ...of });
    expect(taken({ kind: 'amount', proposal: 'firm-corrects' })).toBe('firm-corrects');
    expect(taken({ kind: 'late', proposal: 'accept' })).toBe('accept');
    expect(taken({ kind: 'reissued', proposal: 'offset-new-bill', rowState: null })).toBe('release');
    expect(taken({ kind: 'duplicate', proposal: 'choose' })).toBeUndefined();
    // The offset was settled meanwhile.
    expect(taken({ kind: 'paid-first', proposal: 'release', offsetState: 'returned' })).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { leftOpen, odditiesOf, planPairing } from './pairing.ts';

const field = 'accepted' as const;
const theirs = { id: 't', kind: 'missing-here' as const, field, party: 'A', ours: null, theirs: 1500 };
const ours = (id: string, fen: number) => ({
  ...{ id, kind: 'missing-there' as const, field, party: 'A', ours: fen, theirs: null },
});

describe('a row of theirs and rows of ours', () => {
  it('are one where they add up to the same, also what was given back', () => {
    const some = [ours('a', 1000), ours('b', 700), ours('c', -200)];
    expect(planPairing({ theirs, ours: some, reason: '' }, new Set())).toEqual({
      ...{ oursFen: 1500, theirsFen: 1500, reason: '' },
    });
  });

  it('need a word where they do not', () => {
    const of = { theirs, ours: [ours('a', 1499)] };
    expect(planPairing({ ...of, reason: '' }, new Set())).toBe('reason-missing');
    expect(planPairing({ ...of, reason: '抹零' }, new Set())).toEqual({
      ...{ oursFen: 1499, theirsFen: 1500, reason: '抹零' },
    });
  });

  it('need a word where they are another’s, of several, of another month, or said twice', () => {
    const [one, elsewhere] = [ours('a', 1500), { ...ours('b', 1500), party: 'B' }];
    const odd = [
      { theirs, ours: [elsewhere] },
      { theirs: { ...theirs, party: '' }, ours: [ours('c', 0), elsewhere] },
      { theirs: { ...theirs, kind: 'duplicate' as const }, ours: [one] },
      { theirs: { ...theirs, kind: 'wrong-period' as const }, ours: [one] },
    ];
    for (const of of odd) {
      expect(planPairing({ ...of, reason: '' }, new Set())).toBe('reason-missing');
      // The word was dropped where the sums were the same.
      expect(planPairing({ ...of, reason: '代收' }, new Set())).toMatchObject({
        ...{ theirsFen: 1500, reason: '代收' },
      });
    }
    expect(odd.map((of) => odditiesOf(of))).toEqual([['party'], ['party'], ['duplicate'], ['wrong-period']]);
    expect(odditiesOf({ theirs, ours: [{ ...elsewhere, ours: 1400 }] })).toEqual(['amount', 'party']);
    expect(
      planPairing({ theirs: { ...theirs, party: '' }, ours: [one], reason: '' }, new Set()),
    ).toMatchObject({ oursFen: 1500 });
  });

  it('are neither paired twice, nor a figure that both sides have, nor a document with a balance', () => {
    const one = ours('a', 1500);
    expect(planPairing({ theirs, ours: [one], reason: '' }, new Set(['a']))).toBe('row-paired');
    expect(planPairing({ theirs, ours: [one], reason: '' }, new Set(['t']))).toBe('row-paired');
    expect(planPairing({ theirs: { ...theirs, ours: 3 }, ours: [one], reason: '' }, new Set())).toBe(
      'not-of-theirs',
    );
    expect(planPairing({ theirs, ours: [theirs], reason: '' }, new Set())).toBe('not-of-ours');
    expect(planPairing({ theirs, ours: [], reason: '' }, new Set())).toBe('not-of-ours');
    const balance = { ...one, field: 'closing' as const };
    expect(planPairing({ theirs, ours: [balance], reason: '' }, new Set())).toBe('not-alike');
  });

  it('leave one difference where their sums differ, and none else', () => {
    expect(leftOpen(7, { pairs: 2, oursRows: 3, differing: 1 })).toBe(3);
    expect(leftOpen(3, { pairs: 1, oursRows: 2, differing: 0 })).toBe(0);
  });
});

/** The pure core over random histories; `npm run drill -- fuzz` tries as many more as it is given time for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ROUNDS } from '../../api/ledger/store.ts';
import { equalsNaiveModel, expiryKeepsPoints, reversalRestores } from './ledger-properties.ts';

describe('random histories', () => {
  it('rule 2, rule 3, rule 9: the core equals the naive model after every batch, and refusals leave no trace', () => {
    const seen = new Map<string, number>();
    let mostRounds = 0;
    const property = equalsNaiveModel((play) => {
      mostRounds = Math.max(mostRounds, play.ledger.mostRounds);
      for (const [what, times] of play.seen) seen.set(what, (seen.get(what) ?? 0) + times);
    });
    fc.assert(property, { numRuns: 120 });
    // Histories that never get to a command would prove nothing about it.
    const kinds = ['budget', 'award', 'release', 'reject', 'credit', 'hold', 'capture', 'return', 'spend'];
    for (const kind of [...kinds, 'refund', 'clawback', 'expire', 'pay', 'post']) {
      expect(seen.get(`posted ${kind}`) ?? 0, kind).toBeGreaterThan(4);
    }
    // Nine were seen, rarely; a store gives up at MAX_ROUNDS.
    expect(mostRounds).toBeLessThan(MAX_ROUNDS / 4);
  });

  it('expiry neither frees nor loses a point, and leaves nothing spendable behind', () => {
    fc.assert(expiryKeepsPoints(), { numRuns: 30 });
  });

  it('reversal restores: what is done and undone at once leaves every balance as it was', () => {
    fc.assert(reversalRestores(), { numRuns: 30 });
  });
});

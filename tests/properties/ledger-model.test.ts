/** The pure core against a naive model, step by step over random histories. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesAsset } from '../../api/ledger/core/asset.ts';
import type { Command, TermsByFund } from '../../api/ledger/core/command.ts';
import { historyComplaints } from './ledger-equations.ts';
import { Play } from './play-history.ts';
import { history, pastHoldings } from './random-history.ts';

const OWED: TermsByFund = { '*': { mode: 'clearing', via: 'C', factor: 10_000 } };
/** After the last series and the last hold of any history. */
const LATER = Date.parse('2035-01-01T00:00:00+08:00');

describe('random histories', () => {
  it('rule 2, rule 3, rule 9: the core equals the naive model after every batch, and refusals leave no trace', () => {
    const seen = new Map<string, number>();
    let mostRounds = 0;
    fc.assert(
      fc.property(history, (steps) => {
        const play = new Play().play(steps);
        expect(historyComplaints(play.ledger)).toEqual([]);
        mostRounds = Math.max(mostRounds, play.ledger.mostRounds);
        for (const [what, times] of play.seen) seen.set(what, (seen.get(what) ?? 0) + times);
      }),
      { numRuns: 120 },
    );
    // Histories that never get to a command would prove nothing about it.
    const kinds = ['budget', 'award', 'release', 'reject', 'credit', 'hold', 'capture', 'return', 'spend'];
    for (const kind of [...kinds, 'refund', 'clawback', 'expire', 'pay', 'post']) {
      expect(seen.get(`posted ${kind}`) ?? 0, kind).toBeGreaterThan(4);
    }
    expect(mostRounds).toBeLessThan(9);
  });

  it('expiry neither frees nor loses a point, and leaves nothing spendable behind', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const play = new Play().play(steps);
        play.model.now = Math.max(play.model.now, LATER);
        const before = pointsOf(play);
        const run = pastHoldings(play.model);
        play.post(run);
        expect(pointsOf(play)).toEqual(before);
        expect(pastHoldings(play.model)).toEqual([]);
        expect(play.balances()).not.toMatch(/\/available\//);
      }),
      { numRuns: 30 },
    );
  });

  it('reversal restores: what is done and undone at once leaves every balance as it was', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('m', 'n', 'o'), (steps, member) => {
        const play = new Play().play(steps);
        const before = play.balances();
        for (const fund of ['F', 'G']) {
          const promise = { fund, unit: 'VOL' };
          play.post([{ do: 'budget', ...promise, amount: 9 }]);
          const series = { expiresAt: LATER, rateMicro: 100_000, budgetReturns: fund === 'F' };
          const [credit = 0] = play.post([{ do: 'credit', member, ...promise, amount: 9, series }]);
          undo(play, member, fund, seriesAsset('VOL', fund, series));
          play.post([{ do: 'clawback', of: credit }]);
          const [award = 0] = play.post([{ do: 'award', member, ...promise, amount: 9 }]);
          play.post([
            { do: 'reject', award },
            { do: 'budget', ...promise, amount: -9 },
          ]);
        }
        expect(play.balances()).toBe(before);
      }),
      { numRuns: 30 },
    );
  });
});

/** Spends and refunds, holds and gives back, when the credit was not swallowed by a debt. */
function undo(play: Play, member: string, fund: string, asset: ReturnType<typeof seriesAsset>): void {
  const points = play.ledger.balance(member, 'available', asset);
  if (points === 0) return;
  const take = { points: 1, unit: 'VOL', fund };
  const endsAt = play.model.now + 1;
  const [spent = 0] = play.post([{ do: 'spend', member, redeemer: 'N', take, terms: OWED }]);
  const hold: Command = {
    do: 'hold',
    hold: `undo-${fund}`,
    member,
    redeemer: 'N',
    take,
    endsAt,
    terms: OWED,
  };
  play.post([{ do: 'refund', of: spent }, hold, { do: 'return', hold: `undo-${fund}` }]);
}

/** What each series has in circulation, and what each fund has promised in all. */
function pointsOf(play: Play): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const line of play.balances().split('\n')) {
    const [position = '', balance] = [
      line.slice(0, line.lastIndexOf(' ')),
      line.slice(line.lastIndexOf(' ')),
    ];
    const [, role = '', asset = ''] = position.split('/');
    if (['available', 'held', 'expired', 'redeemed', 'unissued', 'issued', 'pending'].includes(role)) {
      totals[asset] = (totals[asset] ?? 0) + Number(balance);
    }
  }
  return totals;
}

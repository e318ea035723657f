/** What is true of the pure core after any history; how many histories are tried is up to who asks. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { seriesAsset } from '../../api/ledger/core/asset.ts';
import type { Command, TermsByFund } from '../../api/ledger/core/command.ts';
import { historyComplaints } from './ledger-equations.ts';
import { Play } from './play-history.ts';
import { history, pastHoldings, type Step } from './random-history.ts';

const OWED: TermsByFund = { '*': { mode: 'clearing', via: 'C', factor: 10_000 } };
/** After the last series and the last hold of any history. */
const LATER = Date.parse('2035-01-01T00:00:00+08:00');

/** The core equals the naive model after every batch, and refusals leave no trace; `onPlayed` sees what happened. */
export function equalsNaiveModel(onPlayed: (play: Play) => void = () => undefined): fc.IProperty<[Step[]]> {
  return fc.property(history, (steps) => {
    const play = new Play().play(steps);
    assert.deepEqual(historyComplaints(play.ledger), []);
    onPlayed(play);
  });
}

/** Expiry neither frees nor loses a point, and leaves nothing spendable behind. */
export function expiryKeepsPoints(): fc.IProperty<[Step[]]> {
  return fc.property(history, (steps) => {
    const play = new Play().play(steps);
    play.model.now = Math.max(play.model.now, LATER);
    const before = pointsOf(play);
    const run = pastHoldings(play.model);
    play.post(run);
    assert.deepEqual(pointsOf(play), before);
    assert.deepEqual(pastHoldings(play.model), []);
    assert.doesNotMatch(play.balances(), /\/available\//);
  });
}

/** What is done and undone at once leaves every balance as it was. */
export function reversalRestores(): fc.IProperty<[Step[], string]> {
  return fc.property(history, fc.constantFrom('m', 'n', 'o'), (steps, member) => {
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
    assert.equal(play.balances(), before);
  });
}

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

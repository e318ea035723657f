/** A small book in which everything has happened once: for whatever must look at every kind of row. */
import type { Engine } from '../../api/db/index.ts';
import {
  closeThrough,
  openLedger,
  promiseAsset,
  seriesAsset,
  type Command,
  type Journal,
  type Outcome,
  type SeriesTerms,
  type TermsByFund,
  type Unit,
} from '../../api/ledger/index.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-03-02T02:00:00Z');
export const BOOK = 1;

type Extra = Partial<Omit<Unit, 'id' | 'commands'>>;

/** Posts units one after another, with a clock that moves a minute each time and ids that count. */
class Scribe {
  readonly clock: { now: number };
  #count = 0;
  readonly #journal: Journal;

  constructor(journal: Journal, clock: { now: number }) {
    this.#journal = journal;
    this.clock = clock;
  }

  async post(commands: Command[], extra: Extra = {}): Promise<Outcome> {
    this.clock.now += 60_000;
    const n = String(++this.#count).padStart(4, '0');
    return this.#journal.commit(BOOK, {
      id: `00000000-0000-7000-8000-00000000${n}`,
      key: { scope: 'test', key: `key-${n}` },
      requestHash: n.padStart(64, '0'),
      place: 'estate',
      actor: 'person:maker',
      source: 'test',
      commands,
      ...extra,
    });
  }

  /** The id of the unit's first transaction; a refusal is a broken fixture. */
  async posted(commands: Command[], extra: Extra = {}): Promise<number> {
    const outcome = await this.post(commands, extra);
    if (outcome.status === 'refused') throw new Error(`the fixture was refused: ${outcome.refusal.code}`);
    return outcome.answer.transactions[0] ?? 0;
  }
}

/** Writes the book into an engine and ends its ledger; returns when it was last booked. */
export async function writeEventfulBook(engine: Engine): Promise<number> {
  const clock = { now: START };
  const ledger = openLedger(engine, { now: () => clock.now });
  const scribe = new Scribe(ledger.journal, clock);
  await live(scribe);
  await ledger.stop();
  return clock.now;
}

async function live(s: Scribe): Promise<void> {
  const [fund, unit, member] = ['fund', 'VOL', 'member'];
  const series: SeriesTerms = { expiresAt: START + 40 * DAY_MS, rateMicro: 100_000, budgetReturns: true };
  const kept: SeriesTerms = { expiresAt: START + 20 * DAY_MS, rateMicro: 10_000, budgetReturns: false };
  const terms: TermsByFund = { '*': { mode: 'clearing', via: 'clearing', factor: 10_000 } };
  const stocked: TermsByFund = { '*': { mode: 'stocked' } };

  await s.posted([{ do: 'open', code: 'book', name: '测试账簿' }]);
  await s.posted([{ do: 'budget', fund, unit, amount: 50_000 }]);
  await s.posted([{ do: 'budget', fund: 'shop-fund', unit: 'CON', amount: 9_000 }]);
  const award = await s.posted([{ do: 'award', member, fund, unit, amount: 36 }], {
    ruleVersion: 'rule-1',
    memoCommitment: 'ab'.repeat(32),
    tallies: [{ key: 'earned:VOL:member:2026-03-02', add: 36, max: 60, min: 0 }],
    effectiveAt: START,
    originalEffectiveAt: START - DAY_MS,
  });
  const release = await s.posted([
    { do: 'release', award, amount: 30, series },
    { do: 'reject', award },
  ]);
  await s.posted([{ do: 'credit', member, fund: 'shop-fund', unit: 'CON', amount: 500, series: kept }], {
    uniques: [{ key: 'receipt:shop:1' }],
  });
  const take = { points: 12, unit };
  const held = await s.posted(
    [{ do: 'hold', hold: 'hold-1', member, redeemer: 'firm', take, endsAt: START + 30 * DAY_MS, terms }],
    { number: { prefix: 'DK-2603-', pad: 4 } },
  );
  if (held === 0) throw new Error('the fixture has no hold');
  await s.posted([{ do: 'capture', hold: 'hold-1', points: 5, final: false }]);
  await s.posted([{ do: 'return', hold: 'hold-1' }]);
  const spent = await s.posted([{ do: 'spend', member, redeemer: 'shop', take, terms }]);
  await s.posted([{ do: 'refund', of: spent, points: 4 }]);
  await s.posted([
    { do: 'spend', member, redeemer: 'shop', take: { points: 100, unit: 'CON' }, terms: stocked },
  ]);
  await s.posted([{ do: 'pay', payer: 'clearing', payee: 'shop', amountMicro: 500_000 }]);
  await s.posted([{ do: 'clawback', of: release }]);
  await s.posted([{ do: 'post', kind: 'trial', entries: trialEntries(fund, unit, member) }]);
  await s.post([{ do: 'budget', fund, unit, amount: -60_000 }]);
  s.clock.now += 25 * DAY_MS;
  await s.posted([{ do: 'expire', member, asset: seriesAsset('CON', 'shop-fund', kept) }]);
  await s.posted([], { tallies: [closeThrough('other', { to: '2026-02' })] });
}

function trialEntries(fund: string, unit: string, member: string) {
  const asset = promiseAsset(unit, fund);
  return [
    { owner: fund, role: 'owed', counterparty: '', asset, amount: 7 },
    { owner: member, role: 'debt', counterparty: '', asset, amount: -7 },
  ] as const;
}

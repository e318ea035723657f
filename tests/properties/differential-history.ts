/**
 * A long random history of one small district: what its desks, tills and offices ask for, most of it sensible, some of
 * it not. The same seed asks the same, given the same answers.
 */
import {
  closeThrough,
  monthOf,
  promiseAsset,
  seriesAsset,
  type Command,
  type Outcome,
  type SeriesTerms,
  type Take,
  type TermsByFund,
  type Unit,
} from '../../api/ledger/index.ts';

const DAY = 86_400_000;
const FUNDS = ['F', 'G', 'H'];
const UNITS = ['VOL', 'CON'];
const SHOPS = ['M', 'N', 'O'];
const PLACES = ['hemeiyuan', 'jinkang', 'market', 'office'];
const TERMS: TermsByFund[] = [
  { '*': { mode: 'owed', factor: 10_000 } },
  { '*': { mode: 'clearing', via: 'C', factor: 9_500 } },
  { F: { mode: 'stocked' }, '*': { mode: 'clearing', via: 'C', factor: 10_000 } },
];

/** What later units may refer to, learnt from the answers. */
type Known = {
  awards: number[];
  taken: number[];
  given: number[];
  holds: string[];
  orders: Map<string, number>;
  /** What the counters of closed months stand at. */
  closed: Map<string, number>;
};

export class History {
  now = Date.parse('2026-01-05T08:00:00+08:00');
  readonly posted = new Map<string, number>();
  readonly refused = new Map<string, number>();
  readonly #random: () => number;
  readonly #known: Known = {
    awards: [],
    taken: [],
    given: [],
    holds: [],
    orders: new Map(),
    closed: new Map(),
  };
  readonly #asked: Unit[] = [];
  #units = 0;

  constructor(seed: number) {
    this.#random = mulberry32(seed);
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  opening(): Unit[] {
    const budgets = FUNDS.flatMap((fund) =>
      UNITS.map((unit): Command => ({ do: 'budget', fund, unit, amount: 100_000 })),
    );
    return [this.#unit([{ do: 'open', code: 'jinmingchi', name: '金明池街道' }, ...budgets], {})];
  }

  /** The units of the next moment; time goes on, now and then backwards. */
  moment(): Unit[] {
    this.now += this.#oneIn(40) ? -this.below(DAY) : this.below(DAY);
    const units = Array.from({ length: 1 + this.below(24) }, () => this.#next());
    this.#asked.push(...units);
    return units;
  }

  learn(units: readonly Unit[], outcomes: readonly Outcome[]): void {
    for (const [i, unit] of units.entries()) {
      const outcome = outcomes[i];
      if (outcome?.status === 'posted' && !outcome.replayed)
        this.#learnPosted(unit, outcome.answer.transactions);
      if (outcome?.status === 'refused') count(this.refused, outcome.refusal.code);
      if (outcome?.replayed) count(this.posted, 'replay');
    }
  }

  #learnPosted({ commands, rows = [], tallies = [] }: Unit, transactions: readonly number[]): void {
    for (const [i, command] of commands.entries()) {
      const id = transactions[i] ?? 0;
      count(this.posted, command.do);
      if (command.do === 'award') this.#known.awards.push(id);
      if (command.do === 'release' || command.do === 'credit') this.#known.given.push(id);
      if (command.do === 'spend' || command.do === 'capture') this.#known.taken.push(id);
      if (command.do === 'hold') this.#known.holds.push(command.hold);
    }
    for (const { key, add, was = 0 } of tallies) {
      if (key.startsWith('closed-through:')) this.#known.closed.set(key, was + add);
    }
    for (const row of rows) {
      const [id, version] = 'insert' in row ? [String(row.values['id']), 1] : [row.id, row.version + 1];
      this.#known.orders.set(id, version);
      count(this.posted, 'row');
    }
  }

  #next(): Unit {
    const old = this.#asked[this.below(this.#asked.length)];
    if (old && this.#oneIn(25)) return this.#oneIn(4) ? { ...old, requestHash: 'of another' } : old;
    const commands = Array.from({ length: this.#oneIn(12) ? this.below(4) : 1 }, () => this.#command());
    return this.#unit(commands, {
      ...(this.#oneIn(9)
        ? { tallies: [{ key: `cap:${this.below(30)}`, add: 1 + this.below(4), max: 9 }] }
        : {}),
      ...(this.#oneIn(9)
        ? { uniques: [{ key: `receipt ${this.below(300)}`, release: this.#oneIn(6) }] }
        : {}),
      ...(this.#oneIn(7) ? { number: { prefix: `${this.#of(SHOPS)}-`, pad: 5 } } : {}),
      ...(this.#oneIn(8) ? { rows: [this.#order()] } : {}),
      ...(this.#oneIn(10) ? { effectiveAt: this.now - this.below(50 * DAY) } : {}),
      ...(this.#oneIn(30)
        ? { originalEffectiveAt: this.now - 60 * DAY, ruleVersion: 'r7', memoCommitment: 'c0' }
        : {}),
      ...(this.#oneIn(400) ? this.#closing() : {}),
    });
  }

  #unit(commands: readonly Command[], more: Partial<Unit>): Unit {
    const id = `u${++this.#units}`;
    const key = { scope: this.#of(SHOPS), key: `${id} "${this.below(9)}\\` };
    return {
      id,
      key,
      requestHash: id,
      place: this.#of(PLACES),
      actor: 'clerk',
      source: 'test',
      commands,
      ...more,
    };
  }

  #closing(): Partial<Unit> {
    const month = monthOf(this.now - 40 * DAY);
    const { key, add } = closeThrough(this.#of(PLACES), { to: month });
    const was = this.#known.closed.get(key) ?? 0;
    return {
      commands: [],
      place: 'office',
      tallies: [{ key, add: add - was, was }],
    };
  }

  #order(): NonNullable<Unit['rows']>[number] {
    const id = `o${this.below(200)}`;
    const version = this.#known.orders.get(id);
    const cells = {
      status: `s${this.below(5)}`,
      confirmed: this.below(2),
      booked_at: { planned: 'bookedAt' },
    } as const;
    if (version === undefined)
      return { insert: 'test_orders', values: { id, voucher: null, tx: null, ...cells } };
    return { update: 'test_orders', id, version: version - (this.#oneIn(6) ? 1 : 0), set: cells };
  }

  #command(): Command {
    const kind = this.below(100);
    const member = `m${this.below(40)}`;
    const unit = this.#of(UNITS);
    const fund = this.#of(FUNDS);
    const amount = 1 + this.below(30);
    const part = this.#oneIn(2) ? {} : { points: amount };
    const series = this.#series(unit, fund);
    const terms = this.#of(TERMS);
    const { awards, taken, given, holds } = this.#known;
    if (kind < 5) return { do: 'budget', fund, unit, amount: this.#oneIn(3) ? -amount : amount * 10 };
    if (kind < 15) return { do: 'award', member, fund, unit, amount };
    if (kind < 23) return { do: 'release', award: this.#late(awards), series };
    if (kind < 26) return { do: 'reject', award: this.#late(awards), ...(this.#oneIn(2) ? {} : { amount }) };
    if (kind < 42) return { do: 'credit', member, fund, unit, amount, series };
    if (kind < 52) return this.#hold(member, unit, amount);
    if (kind < 60) {
      const hold = holds.at(-1 - this.below(8)) ?? 'none';
      return { do: 'capture', hold, final: this.#oneIn(2), ...part };
    }
    if (kind < 64) return { do: 'return', hold: holds.at(-1 - this.below(8)) ?? 'none' };
    if (kind < 80)
      return { do: 'spend', member, redeemer: this.#of(SHOPS), take: this.#take(unit, amount), terms };
    if (kind < 85) return { do: 'refund', of: this.#late(taken), ...part };
    if (kind < 90) return { do: 'clawback', of: this.#late(given), ...part };
    if (kind < 94) return { do: 'expire', member, asset: seriesAsset(unit, fund, this.#passed(unit, fund)) };
    if (kind < 97)
      return { do: 'pay', payer: this.#of([...FUNDS, 'C']), payee: this.#of(SHOPS), amountMicro: 10_000 };
    const budget = promiseAsset(unit, fund);
    const lines = [
      { owner: fund, role: 'issuer', asset: seriesAsset(unit, fund, series), amount: -amount },
      { owner: member, role: 'available', asset: seriesAsset(unit, fund, series), amount },
      { owner: fund, role: 'unissued', asset: budget, amount: -amount },
      { owner: fund, role: 'issued', asset: budget, amount },
    ] as const;
    return { do: 'post', kind: 'system', entries: lines.map((line) => ({ ...line, counterparty: '' })) };
  }

  #hold(member: string, unit: string, amount: number): Command {
    const hold = this.#oneIn(20) ? (this.#known.holds[0] ?? 'h') : `h${this.#units}-${this.below(1_000_000)}`;
    const endsAt = this.now + this.below(9 * DAY) - DAY;
    const common = { redeemer: this.#of(SHOPS), take: this.#take(unit, amount), terms: this.#of(TERMS) };
    return { do: 'hold', hold, member, endsAt, ...common };
  }

  #take(unit: string, amount: number): Take {
    if (this.#oneIn(4)) return { valueMicro: amount * 100_000, worthMicro: { VOL: 100_000, CON: 10_000 } };
    return { points: amount, unit, ...(this.#oneIn(3) ? { fund: this.#of(FUNDS) } : {}) };
  }

  #series(unit: string, fund: string): SeriesTerms {
    return this.#endingAt(this.now + (1 + this.below(5)) * 60 * DAY, unit, fund);
  }

  #passed(unit: string, fund: string): SeriesTerms {
    return this.#endingAt(this.now + (110 - this.below(170)) * DAY, unit, fund);
  }

  /** The end of a quarter, so that few series carry many points. */
  #endingAt(about: number, unit: string, fund: string): SeriesTerms {
    const date = new Date(about);
    const quarter = Math.floor(date.getUTCMonth() / 3) * 3;
    const expiresAt = Date.UTC(date.getUTCFullYear(), quarter, 1) - DAY / 3;
    return { expiresAt, rateMicro: unit === 'VOL' ? 100_000 : 10_000, budgetReturns: fund !== 'G' };
  }

  /** Mostly one of the last, sometimes any, rarely what is no such transaction. */
  #late(ids: readonly number[]): number {
    if (this.#oneIn(30)) return 2 ** 40 + this.below(50);
    return (
      ids.at(this.#oneIn(4) ? this.below(ids.length) : -1 - this.below(Math.min(12, ids.length))) ??
      2 ** 40 + 1
    );
  }

  #oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  #of<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** A small generator that is the same everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

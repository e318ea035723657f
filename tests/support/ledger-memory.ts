/**
 * A ledger store in plain maps: the third implementation of what a journal needs, made for tests of the pure core. It
 * answers needs the way the two engines do, keeps nothing of a refused unit, and freezes what is stored.
 */
import type { Account, Role } from '../../api/ledger/core/account.ts';
import { accountKey } from '../../api/ledger/core/account.ts';
import { assetKey, type Asset, type AssetRow } from '../../api/ledger/core/asset.ts';
import type { Key, Outcome, Row, Unit } from '../../api/ledger/core/command.ts';
import { Directory } from '../../api/ledger/core/directory.ts';
import type { Needs } from '../../api/ledger/core/needs.ts';
import { planBatch, type BatchPlan } from '../../api/ledger/core/plan.ts';
import { State, type StoredKey } from '../../api/ledger/core/state.ts';
import { BOOK_SPAN, type Transaction } from '../../api/ledger/core/transaction.ts';
import { canonicalTransaction } from '../../api/ledger/proof/canonical.ts';
import { MAX_ROUNDS, type LedgerStore } from '../../api/ledger/store.ts';

type Held = { account: number; asset: number; balance: number; entry: number };

export class MemoryLedger implements Omit<LedgerStore, 'engine'> {
  readonly book: number;
  readonly transactions: Transaction[] = [];
  readonly accounts = new Map<string, Account>();
  readonly assets = new Map<string, AssetRow>();
  readonly positions = new Map<string, Held>();
  readonly tallies = new Map<string, { total: number; entry: number }>();
  readonly keys = new Map<string, StoredKey>();
  readonly rows = new Map<string, Row>();
  readonly #holds = new Map<string, number>();
  /** The canonical bytes of each transaction, made once: what is stored is frozen. */
  readonly #canonical: string[] = [];
  #directory = new Directory();
  /** The most rounds of loading that a batch has needed so far. */
  mostRounds = 0;

  constructor(book = 1) {
    this.book = book;
  }

  commit(_book: number, units: readonly Unit[], now: number): Promise<Outcome[]> {
    return Promise.resolve(this.run(units, now));
  }
  dryRun(_book: number, units: readonly Unit[], now: number): Promise<Outcome[]> {
    return Promise.resolve(this.ask(units, now));
  }
  findKey(_book: number, { scope, key }: Key): Promise<StoredKey | undefined> {
    return Promise.resolve(this.keys.get(`${scope} ${key}`));
  }

  /** Plans and keeps a batch. */
  run(units: readonly Unit[], now: number): Outcome[] {
    const { state, plan } = this.#plan(units, now);
    this.#keep(state, plan);
    return outcomesOf(plan);
  }

  /** What `run` would answer, with nothing kept. */
  ask(units: readonly Unit[], now: number): Outcome[] {
    return outcomesOf(this.#plan(units, now).plan);
  }

  /** As if the process had started anew: nothing is remembered but what is stored. */
  forget(): void {
    this.#directory = new Directory();
  }

  balance(owner: string, role: Role, asset: Asset, counterparty = ''): number {
    const account = this.accounts.get(accountKey(owner, role, counterparty));
    const row = this.assets.get(assetKey(asset));
    return account && row ? (this.positions.get(`${account.id}:${row.id}`)?.balance ?? 0) : 0;
  }

  total(key: string): number {
    return this.tallies.get(key)?.total ?? 0;
  }

  /** Everything that is stored, as one text: equal texts are equal ledgers. Without keys, all but the answers kept. */
  image(parts: 'keys' | 'no keys' = 'keys'): string {
    const keys = parts === 'keys' ? this.keys : new Map<string, StoredKey>();
    const maps = [this.accounts, this.assets, this.positions, this.tallies, keys, this.rows];
    const stored = [...maps, this.#holds].map((map) => [...map]);
    return JSON.stringify(stored) + this.#canonical.join('');
  }

  #plan(units: readonly Unit[], now: number): { state: State; plan: BatchPlan } {
    const low = this.book * BOOK_SPAN;
    const last = this.transactions.at(-1);
    const head = {
      seq: last?.seq ?? 0,
      bookedAt: Math.max(now, last?.bookedAt ?? 0),
      entry: low + this.transactions.reduce((sum, t) => sum + t.entries.length, 0),
      tally: low + this.transactions.reduce((sum, t) => sum + t.tallies.length, 0),
      account: lastId(this.accounts, low),
      asset: lastId(this.assets, low),
    };
    const state = new State(this.book, head, this.#directory);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const plan = planBatch(units, state);
      this.mostRounds = Math.max(this.mostRounds, round);
      const { needs } = state;
      if (needs.count === 0) return { state, plan };
      state.reset();
      this.#load(state, needs);
    }
    throw new Error('planning did not converge');
  }

  #load(state: State, needs: Needs): void {
    for (const id of needs.keys.keys()) state.keys.set(id, this.keys.get(id) ?? null);
    for (const key of needs.accounts.keys()) state.putAccount(key, this.accounts.get(key) ?? null);
    for (const key of needs.assets.keys()) state.putAsset(key, this.assets.get(key) ?? null);
    for (const { unit, fund } of needs.promises.values()) {
      const series = [...this.assets.values()].filter((a) => a.kind === 'series');
      state.putPromise(
        unit,
        fund,
        series.filter((a) => a.unit === unit && a.fund === fund),
      );
    }
    for (const [key, [account, asset]] of needs.positions) {
      const held = this.positions.get(key);
      state.putPosition(account, asset, held?.balance ?? 0, held?.entry ?? 0);
    }
    for (const account of needs.holdings) this.#loadHoldings(state, account);
    for (const key of needs.tallies) {
      const tally = this.tallies.get(key);
      state.putTally(key, tally?.total ?? 0, tally?.entry ?? 0);
    }
    for (const id of needs.transactions) {
      state.putTransaction(id, this.transactions[id - this.book * BOOK_SPAN - 1] ?? null);
    }
    for (const id of needs.holds) state.putHold(id, this.#holds.get(id) ?? null);
    for (const [key, { table, id }] of needs.rows) {
      state.putRow(table, id, this.rows.get(key)?.['version'] as number | undefined);
    }
  }

  #loadHoldings(state: State, account: number): void {
    for (const held of this.positions.values()) {
      if (held.account !== account || held.balance === 0) continue;
      const asset = [...this.assets.values()].find((a) => a.id === held.asset);
      if (asset) state.putAsset(asset.key, asset);
      state.putPosition(account, held.asset, held.balance, held.entry);
    }
    state.putHoldingsComplete(account);
  }

  #keep(state: State, plan: BatchPlan): void {
    const { accounts, assets } = state.opened();
    for (const account of accounts) this.accounts.set(account.key, Object.freeze(account));
    for (const asset of assets) this.assets.set(asset.key, Object.freeze(asset));
    for (const account of accounts) state.directory.addAccount(account);
    for (const asset of assets) state.directory.addAsset(asset);
    for (const transaction of state.transactions) {
      transaction.entries.forEach((e) => Object.freeze(e));
      this.transactions.push(Object.freeze(transaction));
      this.#canonical.push(canonicalTransaction(transaction));
      if (transaction.kind === 'hold' && transaction.holdId) {
        this.#holds.set(transaction.holdId, transaction.id);
      }
    }
    for (const { account, asset, balance, entry } of state.changedPositions()) {
      this.positions.set(`${account}:${asset}`, { account, asset, balance, entry });
    }
    for (const { key, total, entry } of state.changedTallies()) this.tallies.set(key, { total, entry });
    for (const { table, id, change } of state.changedRows()) {
      this.rows.set(`${table}/${id}`, { ...this.rows.get(`${table}/${id}`), ...change });
    }
    for (const { unit, status, answer } of plan.keys) {
      const stored = { requestHash: unit.requestHash, unitId: unit.id, status, answer };
      this.keys.set(`${unit.key.scope} ${unit.key.key}`, stored);
    }
  }
}

/** Ids have gaps: an account that a batch only looked at is not opened, though it had one. */
function lastId(stored: ReadonlyMap<string, { id: number }>, low: number): number {
  return [...stored.values()].reduce((last, { id }) => Math.max(last, id), low);
}

function outcomesOf(plan: BatchPlan): Outcome[] {
  return plan.units.map(({ outcome }) => {
    if (!outcome) throw new Error('a unit was left without an outcome');
    return outcome;
  });
}

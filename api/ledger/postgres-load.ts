/**
 * One round of loading from PostgreSQL: all lookups go out together. Only accounts and assets that holdings and old
 * transactions refer to, and that this process has never met, cost one more wait.
 */
import type { PoolClient, QueryResult } from 'pg';
import type { Account } from './core/account.ts';
import type { AssetRow } from './core/asset.ts';
import type { Needs } from './core/needs.ts';
import type { State } from './core/state.ts';
import { BOOK_SPAN, type Entry } from './core/transaction.ts';
import { lookup, lookUpNeeds, type Lookup, type PositionRow } from './postgres-lookups.ts';
import { numbers, pipelined, statement } from './postgres-queries.ts';
import {
  accountOf,
  assetOf,
  transactionOf,
  type AccountRow,
  type AssetRecord,
  type EntryRow,
  type TransactionRow,
} from './stored-rows.ts';
import type { RowTables } from './store.ts';

const ACCOUNTS_BY_ID = statement('select * from accounts where id = any($1::bigint[])');
const ASSETS_BY_ID = statement('select * from assets where id = any($1::bigint[])');

export class Load {
  readonly #state: State;
  readonly #needs: Needs;
  readonly #lookups: Lookup[];
  #holdings: readonly PositionRow[] = [];
  #transactions: readonly TransactionRow[] = [];
  #entries: readonly EntryRow[] = [];

  constructor(state: State, needs: Needs, tables: RowTables, versions: Map<string, number>) {
    this.#state = state;
    this.#needs = needs;
    this.#lookups = [...lookUpNeeds(state, needs, tables, versions), ...this.#holding(), ...this.#history()];
  }

  get queries(): Lookup['query'][] {
    return this.#lookups.map(({ query }) => query);
  }

  /** Puts the answers, which are in the order of `queries`, into the state. */
  async finish(client: PoolClient, results: readonly QueryResult[]): Promise<void> {
    for (const [i, { take }] of this.#lookups.entries()) {
      const result = results[i];
      if (!result) throw new Error('a lookup was left without an answer');
      take(result);
    }
    await this.#meet(client);
    for (const p of this.#holdings) this.#state.putPosition(p.account, p.asset, p.balance, p.entry);
    for (const account of this.#needs.holdings) this.#state.putHoldingsComplete(account);
    this.#putTransactions();
  }

  #holding(): Lookup[] {
    const { holdings } = this.#needs;
    if (holdings.size === 0) return [];
    return [
      lookup<PositionRow>(
        `select account, asset, balance, entry from positions
        where account = any($1::bigint[]) and balance <> 0 order by account, asset`,
        [numbers([...holdings])],
        (rows) => (this.#holdings = rows),
      ),
    ];
  }

  #history(): Lookup[] {
    const { transactions } = this.#needs;
    for (const id of transactions) this.#state.putTransaction(id, null);
    const own = [...transactions].filter((id) => Math.floor(id / BOOK_SPAN) === this.#state.book);
    if (own.length === 0) return [];
    return [
      lookup<TransactionRow>(
        'select * from transactions where id = any($1::bigint[])',
        [numbers(own)],
        (rows) => (this.#transactions = rows),
      ),
      lookup<EntryRow>(
        `select found.* from unnest($1::bigint[]) as wanted (tx), lateral (
          select e.* from transactions t, lateral (
            select * from entries where id >= t.first_entry and id < t.first_entry + t.entry_count offset 0
          ) as e where t.id = wanted.tx offset 0
        ) as found order by found.id`,
        [numbers(own)],
        (rows) => (this.#entries = rows),
      ),
    ];
  }

  /** Accounts and assets that this process has not met yet. */
  async #meet(client: PoolClient): Promise<void> {
    const { directory } = this.#state;
    const accounts = new Set(this.#entries.map((e) => e.account));
    const assets = new Set([...this.#holdings, ...this.#entries].map((row) => row.asset));
    const newAccounts = [...accounts].filter((id) => !directory.accountById(id));
    const newAssets = [...assets].filter((id) => !directory.assetById(id));
    if (newAccounts.length + newAssets.length === 0) return;
    const [accountRows, assetRows] = await pipelined(client, [
      { statement: ACCOUNTS_BY_ID, values: [numbers(newAccounts)] },
      { statement: ASSETS_BY_ID, values: [numbers(newAssets)] },
    ]);
    for (const row of (accountRows?.rows ?? []) as AccountRow[]) {
      const account = accountOf(row);
      this.#state.putAccount(account.key, account);
    }
    for (const row of (assetRows?.rows ?? []) as AssetRecord[]) {
      const asset = assetOf(row);
      this.#state.putAsset(asset.key, asset);
    }
  }

  #putTransactions(): void {
    const entries = new Map<number, Entry[]>();
    for (const row of this.#entries) {
      const entry: Entry = {
        id: row.id,
        account: this.#account(row.account),
        asset: this.#asset(row.asset),
        amount: row.amount,
        balanceAfter: row.balance_after,
      };
      const known = entries.get(row.tx);
      if (known) known.push(entry);
      else entries.set(row.tx, [entry]);
    }
    for (const row of this.#transactions) {
      this.#state.putTransaction(row.id, transactionOf(row, entries.get(row.id) ?? [], []));
    }
  }

  #account(id: number): Account {
    const account = this.#state.directory.accountById(id);
    if (!account) throw new Error(`account ${id} of an entry does not exist`);
    return account;
  }

  #asset(id: number): AssetRow {
    const asset = this.#state.directory.assetById(id);
    if (!asset) throw new Error(`asset ${id} of an entry does not exist`);
    return asset;
  }
}

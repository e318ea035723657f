/** Reads what planning needs from SQLite, by primary keys and unique keys only. */
import type { Database, Statement } from 'better-sqlite3';
import type { Account } from './core/account.ts';
import type { Instant } from './core/amount.ts';
import type { AssetRow } from './core/asset.ts';
import type { Needs } from './core/needs.ts';
import type { Head, StoredKey } from './core/loaded.ts';
import type { LoadedBook, Source } from './core/loaded-book.ts';
import { BOOK_SPAN, type Entry, type Transaction } from './core/transaction.ts';
import type { RowTables } from './store.ts';
import {
  accountOf,
  assetOf,
  rowTable,
  transactionOf,
  type AccountRow,
  type AssetRecord,
  type EntryRow,
  type TransactionRow,
} from './stored-rows.ts';

export class SqliteReader implements Source {
  readonly #db: Database;
  readonly #tables: RowTables;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Database, tables: RowTables) {
    this.#db = db;
    this.#tables = tables;
  }

  head(book: number, now: Instant): Head {
    const low = book * BOOK_SPAN;
    const high = low + BOOK_SPAN;
    const last = this.#sql(
      'select seq, booked_at, first_entry + entry_count - 1 as entry, first_tally + tally_count - 1 as tally from transactions where id > ? and id < ? order by id desc limit 1',
    ).get(low, high) as { seq: number; booked_at: number; entry: number; tally: number } | undefined;
    return {
      seq: last?.seq ?? 0,
      bookedAt: Math.max(now, last?.booked_at ?? 0),
      entry: last?.entry ?? low,
      tally: last?.tally ?? low,
      account: this.#maxId('accounts', low, high),
      asset: this.#maxId('assets', low, high),
    };
  }

  key(book: number, scope: string, key: string): StoredKey | undefined {
    const row = this.#sql(
      'select request_hash, unit_id, status, answer from keys where book = ? and scope = ? and key = ?',
    ).get(book, scope, key) as
      | { request_hash: string; unit_id: string; status: 'posted' | 'refused'; answer: string }
      | undefined;
    return (
      row && { requestHash: row.request_hash, unitId: row.unit_id, status: row.status, answer: row.answer }
    );
  }

  load(state: LoadedBook, needs: Needs): void {
    for (const [id, { scope, key }] of needs.keys) {
      if (!state.keys.has(id)) state.keys.set(id, this.key(state.book, scope, key) ?? null);
    }
    for (const [key, { owner, role, counterparty }] of needs.accounts) {
      const row = this.#sql(
        'select * from accounts where book = ? and owner = ? and role = ? and counterparty = ?',
      ).get(state.book, owner, role, counterparty);
      state.putAccount(key, row ? accountOf(row as AccountRow) : null);
    }
    for (const [key, a] of needs.assets) {
      const row = this.#sql(
        'select * from assets where book = ? and kind = ? and unit = ? and fund = ? and expires_at = ? and rate_micro = ? and budget_returns = ?',
      ).get(state.book, a.kind, a.unit, a.fund, a.expiresAt, a.rateMicro, a.budgetReturns);
      state.putAsset(key, row ? assetOf(row as AssetRecord) : null);
    }
    this.#loadPositions(state, needs);
    for (const key of needs.tallies) {
      const row = this.#sql('select total, entry from tallies where book = ? and key = ?').get(
        state.book,
        key,
      ) as { total: number; entry: number } | undefined;
      state.putTally(key, row?.total ?? 0, row?.entry ?? 0);
    }
    for (const { unit, fund } of needs.promises.values()) {
      const rows = this.#sql(
        "select * from assets where book = ? and kind = 'series' and unit = ? and fund = ?",
      ).all(state.book, unit, fund);
      state.putPromise(unit, fund, (rows as AssetRecord[]).map(assetOf));
    }
    for (const id of needs.transactions) state.putTransaction(id, this.transaction(state, id));
    for (const id of needs.holds) {
      const row = this.#sql('select tx from holds where id = ? and book = ?').get(id, state.book) as
        | { tx: number }
        | undefined;
      state.putHold(id, row?.tx ?? null);
    }
    for (const { table, id } of needs.rows.values()) {
      rowTable(this.#tables, table);
      const row = this.#sql(`select version from "${table}" where id = ?`).get(id) as
        | { version: number }
        | undefined;
      state.putRow(table, id, row?.version);
    }
  }

  transaction(state: LoadedBook, id: number): Transaction | null {
    if (Math.floor(id / BOOK_SPAN) !== state.book) return null;
    const row = this.#sql('select * from transactions where id = ?').get(id) as TransactionRow | undefined;
    if (!row) return null;
    const rows = this.#sql('select * from entries where id >= ? and id < ? order by id').all(
      row.first_entry,
      row.first_entry + row.entry_count,
    );
    const entries = (rows as EntryRow[]).map((e): Entry => ({
      id: e.id,
      account: this.#account(state, e.account),
      asset: this.#asset(state, e.asset),
      amount: e.amount,
      balanceAfter: e.balance_after,
    }));
    return transactionOf(row, entries, []);
  }

  #loadPositions(state: LoadedBook, needs: Needs): void {
    const one = this.#sql('select balance, entry from positions where account = ? and asset = ?');
    for (const [account, asset] of needs.positions.values()) {
      const row = one.get(account, asset) as { balance: number; entry: number } | undefined;
      state.putPosition(account, asset, row?.balance ?? 0, row?.entry ?? 0);
    }
    for (const account of needs.holdings) {
      const rows = this.#sql(
        'select asset, balance, entry from positions where account = ? and balance <> 0',
      ).all(account);
      for (const row of rows as { asset: number; balance: number; entry: number }[]) {
        this.#asset(state, row.asset);
        state.putPosition(account, row.asset, row.balance, row.entry);
      }
      state.putHoldingsComplete(account);
    }
  }

  #account(state: LoadedBook, id: number): Account {
    const known = state.directory.accountById(id);
    if (known) return known;
    const account = accountOf(this.#sql('select * from accounts where id = ?').get(id) as AccountRow);
    state.putAccount(account.key, account);
    return account;
  }

  #asset(state: LoadedBook, id: number): AssetRow {
    const known = state.directory.assetById(id);
    if (known) return known;
    const asset = assetOf(this.#sql('select * from assets where id = ?').get(id) as AssetRecord);
    state.putAsset(asset.key, asset);
    return asset;
  }

  #maxId(table: 'accounts' | 'assets', low: number, high: number): number {
    const row = this.#sql(`select max(id) as id from ${table} where id > ? and id < ?`).get(low, high) as {
      id: number | null;
    };
    return row.id ?? low;
  }

  #sql(text: string): Statement {
    let statement = this.#statements.get(text);
    if (!statement) this.#statements.set(text, (statement = this.#db.prepare(text)));
    return statement;
  }
}

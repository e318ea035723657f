/**
 * The ledger on SQLite: one writer connection, everything of a batch in one IMMEDIATE database transaction, committed
 * with `synchronous=FULL`. Hand-written SQL stands only in the two stores.
 */
import BetterSqlite, { type Database } from 'better-sqlite3';
import type { Instant } from './core/amount.ts';
import type { Key, Outcome, Unit } from './core/command.ts';
import { Directory } from './core/directory.ts';
import { planBatch, type BatchPlan } from './core/plan.ts';
import { State, type StoredKey } from './core/state.ts';
import { SqliteReader } from './sqlite-load.ts';
import { SqliteWriter } from './sqlite-append.ts';
import type { LedgerStore, RowTables } from './store.ts';

type How = { write: boolean; trustsKeys: boolean };

export class SqliteStore implements LedgerStore {
  readonly engine = 'sqlite';
  readonly #db: Database;
  readonly #reader: SqliteReader;
  readonly #writer: SqliteWriter;
  readonly #directories = new Map<number, Directory>();

  constructor(db: Database, rowTables: RowTables) {
    this.#db = db;
    this.#reader = new SqliteReader(db, rowTables);
    this.#writer = new SqliteWriter(db, rowTables);
  }

  commit(book: number, units: readonly Unit[], now: Instant): Promise<Outcome[]> {
    return settle(() => {
      try {
        return this.#run(book, units, now, { write: true, trustsKeys: true });
      } catch (error) {
        if (!isTaken(error)) throw error;
        return this.#run(book, units, now, { write: true, trustsKeys: false });
      }
    });
  }

  dryRun(book: number, units: readonly Unit[], now: Instant): Promise<Outcome[]> {
    return settle(() => this.#run(book, units, now, { write: false, trustsKeys: false }));
  }

  findKey(book: number, key: Key): Promise<StoredKey | undefined> {
    return settle(() => this.#reader.key(book, key.scope, key.key));
  }

  #run(book: number, units: readonly Unit[], now: Instant, { write, trustsKeys }: How): Outcome[] {
    this.#db.exec('begin immediate');
    try {
      const { state, plan } = this.#plan(book, units, now, trustsKeys);
      if (write) this.#writer.append(state, plan);
      this.#db.exec(write ? 'commit' : 'rollback');
      if (write) this.#remember(state);
      return plan.units.map(({ outcome }) => {
        if (!outcome) throw new Error('a unit was left without an outcome');
        return outcome;
      });
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('rollback');
      throw error;
    }
  }

  #plan(
    book: number,
    units: readonly Unit[],
    now: Instant,
    trustsKeys: boolean,
  ): { state: State; plan: BatchPlan } {
    const head = this.#reader.head(book, now);
    const state = new State(book, head, this.#directory(book), { source: this.#reader, trustsKeys });
    const plan = planBatch(units, state);
    if (state.needs.count > 0) throw new Error('planning was left without an answer');
    return { state, plan };
  }

  /** Only what is committed may be remembered: ids of a batch that was rolled back are given again. */
  #remember(state: State): void {
    const { accounts, assets } = state.opened();
    for (const account of accounts) state.directory.addAccount(account);
    for (const asset of assets) state.directory.addAsset(asset);
  }

  #directory(book: number): Directory {
    let directory = this.#directories.get(book);
    if (!directory) this.#directories.set(book, (directory = new Directory()));
    return directory;
  }
}

/** A key was used before (rule 4): looked up this time, it is a replay. Everything of the first try was rolled back. */
function isTaken(error: unknown): boolean {
  return error instanceof BetterSqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

function settle<T>(work: () => T): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

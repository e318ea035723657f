/** The types of an opened database, whichever engine it is. */
import type BetterSqlite from 'better-sqlite3';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Pool } from 'pg';
import type { Migrated } from './migrate.ts';
import type { Tables } from './schema.ts';

/**
 * Drizzle for shared code: build a query and await it. What answers at once on one engine only (`run all get values`),
 * and `transaction`, whose body may wait on one engine and must not on the other, are left out; `atomically` is for both.
 */
export type Database = Omit<
  BaseSQLiteDatabase<'async', unknown>,
  'run' | 'all' | 'get' | 'values' | 'transaction' | 'query' | 'session' | 'dialect' | 'resultKind'
>;

export type DatabaseTarget = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };

/** Why a database cannot be opened or migrated, in words for the person who starts the program. */
export type DatabaseRefusal = {
  kind: 'refused';
  reason: 'unwritable' | 'in-use' | 'not-a-database' | 'unreachable' | 'migration-changed' | 'newer-database';
  zh: string;
  en: string;
};

/** The queries of one database transaction, built on the `db` that is handed in; a generator builds each when its turn comes. */
export type Writes = (db: Database) => Iterable<PromiseLike<unknown>>;

type Opened = {
  /** Reads and writes. Everything that moves points goes through the journal instead. */
  db: Database;
  /** Reads that need not see this moment's write first: its own connection on SQLite, the pool on PostgreSQL. */
  reader: Database;
  tables: Tables;
  /** Runs the queries in order in one database transaction: all of them or none. */
  atomically(writes: Writes): Promise<void>;
  /**
   * Work of one name takes turns, in every process on the database; of several names, with the work of each. What it reads and writes through the engine that is
   * handed in is one database transaction on PostgreSQL; on SQLite, which one process writes, `atomically` is.
   */
  exclusively<Result>(
    name: string | readonly string[],
    work: (engine: Engine) => Promise<Result>,
  ): Promise<Result>;
  migrate(): Promise<Migrated | DatabaseRefusal>;
  /** Names of the migrations that `migrate` would run now. */
  pendingMigrations(): Promise<readonly string[] | DatabaseRefusal>;
  close(): Promise<void>;
};

/** `sqlite` is the writer connection, for the ledger's store alone. */
export type SqliteEngine = Opened & {
  kind: 'sqlite';
  target: DatabaseTarget & { kind: 'sqlite' };
  sqlite: BetterSqlite.Database;
};

/** `pool` is for the ledger's store alone. */
export type PostgresEngine = Opened & {
  kind: 'postgres';
  target: DatabaseTarget & { kind: 'postgres' };
  pool: Pool;
};

export type Engine = SqliteEngine | PostgresEngine;

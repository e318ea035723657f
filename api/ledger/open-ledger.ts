/** The ledger of an opened database: the store that fits its engine, and the journal in front of it. */
import type { Pool } from 'pg';
import { createPool, type Engine } from '../db/index.ts';
import type { Instant } from './core/amount.ts';
import { Journal, type BatchReport, type JournalLimits } from './journal.ts';
import { PostgresStore } from './postgres-store.ts';
import { rowTablesOf } from './row-tables.ts';
import { SqliteStore } from './sqlite-store.ts';
import { SqliteThread } from './sqlite-thread.ts';
import type { LedgerStore, RowTables } from './store.ts';

export type Ledger = {
  journal: Journal;
  store: LedgerStore;
  /** Answers everything that was taken, takes no more, and closes what the ledger opened (never the engine). */
  stop(): Promise<void>;
};

type Input = {
  now: () => Instant;
  limits?: Partial<JournalLimits>;
  onBatch?: (report: BatchReport) => void;
  /** SQLite is written in a thread of its own, as a server needs; PostgreSQL is another process anyway. */
  thread?: boolean;
};

/** Batches of several books, dry runs and key lookups at the same time; one book never needs more than one to write. */
const CONNECTIONS = 6;

/**
 * Every read of the ledger is by primary or unique key. A plan made while a table was small would read all of it, and a
 * prepared statement would keep that plan until the next analysis, so the planner is not asked to choose.
 */
const BY_KEY_ONLY = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_material=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'jit=off',
];

/** Connections of the ledger's own, so that no slow list in the product keeps a posting waiting. */
export function ledgerPool(url: string, max: number = CONNECTIONS): Pool {
  return createPool(url, max, { pipeline: true, settings: BY_KEY_ONLY });
}

export function openLedger(engine: Engine, { thread = false, ...input }: Input): Ledger {
  const rowTables = rowTablesOf(engine.tables);
  const { store, close } = openStore(engine, rowTables, thread);
  const journal = new Journal({ store, ...input });
  return {
    journal,
    store,
    stop: async () => {
      await journal.stop();
      await close();
    },
  };
}

function openStore(
  engine: Engine,
  rowTables: RowTables,
  thread: boolean,
): { store: LedgerStore; close: () => Promise<void> } {
  if (engine.kind === 'postgres') {
    const pool = ledgerPool(engine.target.url);
    return { store: new PostgresStore(pool, rowTables), close: () => pool.end() };
  }
  if (!thread) return { store: new SqliteStore(engine.sqlite, rowTables), close: () => Promise.resolve() };
  // The large cache is the thread's: what this connection is still asked for is little.
  engine.sqlite.pragma('cache_size = -8192');
  const store = new SqliteThread(engine.target.file, rowTables);
  return { store, close: () => store.close() };
}

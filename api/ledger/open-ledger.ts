/** The ledger of an opened database: the store that fits its engine, and the journal in front of it. */
import type { Pool } from 'pg';
import { createPool, type Engine } from '../db/index.ts';
import type { Instant } from './core/amount.ts';
import { Journal, type BatchReport, type JournalLimits } from './journal.ts';
import { PostgresStore } from './postgres-store.ts';
import { rowTablesOf } from './row-tables.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { LedgerStore } from './store.ts';

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

export function openLedger(engine: Engine, input: Input): Ledger {
  const rowTables = rowTablesOf(engine.tables);
  if (engine.kind === 'sqlite') {
    const store = new SqliteStore(engine.sqlite, rowTables);
    const journal = new Journal({ store, ...input });
    return { journal, store, stop: () => journal.stop() };
  }
  const pool = ledgerPool(engine.target.url);
  const store = new PostgresStore(pool, rowTables);
  const journal = new Journal({ store, ...input });
  return {
    journal,
    store,
    stop: async () => {
      await journal.stop();
      await pool.end();
    },
  };
}

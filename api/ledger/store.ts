/**
 * What a journal needs of a store. One contract suite runs against every store, and the two are tested against
 * each other and against a naive model.
 */
import type { Instant } from './core/amount.ts';
import type { Key, Outcome, Unit } from './core/command.ts';
import type { StoredKey } from './core/state.ts';

export interface LedgerStore {
  readonly engine: 'sqlite' | 'postgres';
  /** For how many turns of the event loop a batch is gathered at most before it is handed over; the journal's own if none. */
  readonly gatherTurns?: number;
  /**
   * Plans and appends a batch in one database transaction; resolved means on disk. Outcomes are in the order of the
   * units. Throws when the database refuses, and then nothing of the batch is written.
   */
  commit(book: number, units: readonly Unit[], now: Instant): Promise<Outcome[]>;
  /** What `commit` would answer, with nothing written. */
  dryRun(book: number, units: readonly Unit[], now: Instant): Promise<Outcome[]>;
  findKey(book: number, key: Key): Promise<StoredKey | undefined>;
}

/** Planning a batch converges in a few rounds of loading; more means that planning asks without end. */
export const MAX_ROUNDS = 64;

export type CellType = 'text' | 'bigint' | 'boolean';
/** Tables that units may change as rows: name → its columns, in the database's spelling, and what they hold. */
export type RowTables = ReadonlyMap<string, ReadonlyMap<string, CellType>>;

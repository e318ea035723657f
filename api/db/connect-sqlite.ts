import BetterSqlite from 'better-sqlite3';

const BUSY_TIMEOUT_MS = 5_000;

/** The journal touches pages all over a large book; whatever else is written, such as a file of bills, goes through once. */
const JOURNAL_CACHE_MIB = 64;
const CACHE_MIB = 16;

export type ConnectOptions = { readonly: boolean; journal?: true };

/** What every connection to a Linli file must set, the operator's tools' as well; readers are `readonly`. */
export function connectSqlite(file: string, { readonly, journal }: ConnectOptions): BetterSqlite.Database {
  const connection = new BetterSqlite(file, { readonly, timeout: BUSY_TIMEOUT_MS });
  try {
    if (!readonly) {
      connection.pragma('journal_mode = WAL');
      // Fewer, larger checkpoints: at 1,000 pages the writer spends a fifth of its time on them.
      connection.pragma('wal_autocheckpoint = 4000');
      connection.pragma(`cache_size = -${1_024 * (journal ? JOURNAL_CACHE_MIB : CACHE_MIB)}`);
    }
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    // Without it INSERT OR REPLACE would remove an append-only row unseen by its trigger.
    connection.pragma('recursive_triggers = ON');
    connection.pragma('trusted_schema = OFF');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

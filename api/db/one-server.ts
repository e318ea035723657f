/**
 * A SQLite file has one server at a time: who has a turn, and how far a count has come, is kept in its memory, so that a second
 * one would count some things twice. The lock is SQLite's own upon an empty file beside the data, which ends with its
 * process, however that ends.
 */
import BetterSqlite from 'better-sqlite3';
import { join } from 'node:path';
import type { DatabaseRefusal } from './database.ts';
import { makePrivateFile, makePrivateFolder } from './private-files.ts';

/** As long as a server that is being replaced may need to stop. */
const PATIENCE_MS = 5_000;

export type Claim = { kind: 'claimed'; release(): void };

/** Undefined where the folder cannot be written: whoever opens the data says so. */
export function claimFolder(folder: string): Claim | DatabaseRefusal | undefined {
  let connection: BetterSqlite.Database;
  try {
    const file = join(folder, 'server.lock');
    makePrivateFolder(folder);
    makePrivateFile(file);
    connection = new BetterSqlite(file, { timeout: PATIENCE_MS });
  } catch {
    return undefined;
  }
  try {
    // Nothing is ever written, so that no journal has to lie beside it.
    connection.pragma('journal_mode = memory');
    connection.exec('begin exclusive');
    return { kind: 'claimed', release: () => void connection.close() };
  } catch (error) {
    connection.close();
    if (error instanceof BetterSqlite.SqliteError && error.code === 'SQLITE_BUSY') return inUse(folder);
    throw error;
  }
}

function inUse(folder: string): DatabaseRefusal {
  return {
    kind: 'refused',
    reason: 'in-use',
    zh: `${folder} 正由另一个邻里积分程序使用。请先停下它，或用 DATA_DIR 指定别的数据文件夹；要几个程序一起服务，请改用 PostgreSQL（DATABASE_URL）。`,
    en: `${folder} is in use by another Linli server. Stop it first, or name another data folder with DATA_DIR; for several servers use PostgreSQL (DATABASE_URL).`,
  };
}

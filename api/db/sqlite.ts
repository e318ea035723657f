/**
 * SQLite: one writer connection and one for reading, in WAL, every commit on disk before it is acknowledged.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { connectSqlite } from './connect-sqlite.ts';
import type { Database, DatabaseRefusal, SqliteEngine, Writes } from './database.ts';
import { migrateSqlite, pendingInSqlite } from './migrate.ts';
import { makePrivateFile, makePrivateFolder } from './private-files.ts';
import { sqliteTables } from './schema.ts';
import { rememberStatements } from './statements.ts';
import { inTurnOf, namesOfTurn, newTurns } from './turns.ts';

function unwritable(file: string): DatabaseRefusal {
  return {
    kind: 'refused',
    reason: 'unwritable',
    zh: `无法写入数据文件 ${file}：请检查文件夹是否存在，以及当前用户是否有写入权限。`,
    en: `Cannot write the data file ${file}: check that its folder exists and that this user may write there.`,
  };
}

function refusalOf(error: unknown, file: string): DatabaseRefusal | undefined {
  if (!(error instanceof BetterSqlite.SqliteError)) return undefined;
  if (error.code === 'SQLITE_NOTADB') {
    return {
      kind: 'refused',
      reason: 'not-a-database',
      zh: `${file} 不是邻里积分的数据文件，程序没有改动它。`,
      en: `${file} is not a Linli data file; it was left as it is.`,
    };
  }
  return /^SQLITE_(CANTOPEN|READONLY|PERM|IOERR)/.test(error.code) ? unwritable(file) : undefined;
}

function mayWrite(file: string): boolean {
  try {
    makePrivateFolder(dirname(file));
    // The folder as well: WAL keeps its own files beside the database.
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
    else makePrivateFile(file);
    return true;
  } catch {
    return false;
  }
}

/** Drizzle's own type says that answers come at once; awaited, they are the same on both engines. */
function asDatabase(connection: BetterSqlite.Database): Database {
  return drizzle({ client: rememberStatements(connection) }) as unknown as Database;
}

/** A query of `Writes`, before it is awaited: only SQLite's session can run one at once. */
type Runnable = { run(): unknown };

export async function openSqlite(file: string): Promise<SqliteEngine | DatabaseRefusal> {
  if (!mayWrite(file)) return unwritable(file);
  let writer: BetterSqlite.Database;
  let readConnection: BetterSqlite.Database;
  try {
    writer = connectSqlite(file, { readonly: false });
    readConnection = connectSqlite(file, { readonly: true });
  } catch (error) {
    const refusal = refusalOf(error, file);
    if (refusal === undefined) throw error;
    return refusal;
  }
  const db = asDatabase(writer);
  const together = writer.transaction((writes: Writes) => {
    for (const query of writes(db)) (query as unknown as Runnable).run();
  });
  const turns = newTurns();
  const engine: SqliteEngine = {
    kind: 'sqlite',
    target: { kind: 'sqlite', file },
    sqlite: writer,
    db,
    reader: asDatabase(readConnection),
    tables: sqliteTables,
    // async, so that a refused write rejects on both engines instead of throwing on one.
    atomically: async (writes) => together.immediate(writes),
    exclusively: (name, work) => inTurnOf(turns, namesOfTurn(name), () => work(engine)),
    migrate: async () => migrateSqlite(writer),
    pendingMigrations: async () => pendingInSqlite(writer),
    close: async () => {
      readConnection.close();
      writer.close();
    },
  };
  return engine;
}

/**
 * Brings a database to the program's schema: each migration in its own database transaction, recorded with the hash of
 * its file. A file that changed after it ran, or a migration this program does not know, is refused before anything runs.
 */
import type BetterSqlite from 'better-sqlite3';
import type { Pool } from 'pg';
import type { DatabaseRefusal } from './database.ts';
import { migrationsFolder, readMigrations } from './migration-files.ts';
import type { Migration } from './migration-files.ts';

/** Names of the migrations that ran now, oldest first; empty when there was nothing to do. */
export type Migrated = { kind: 'migrated'; applied: string[] };

export type AppliedMigration = { number: number; name: string; hash: string };

/** The migrations still to run, or why none may. */
export function planMigrations(
  files: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] | DatabaseRefusal {
  for (const row of applied) {
    const file = files[row.number];
    if (file === undefined) {
      return {
        kind: 'refused',
        reason: 'newer-database',
        zh: `数据库的版本（${row.name}）比程序新，请使用更新的程序。`,
        en: `The database is newer (${row.name}) than this program; start a newer one.`,
      };
    }
    if (file.hash !== row.hash) {
      return {
        kind: 'refused',
        reason: 'migration-changed',
        zh: `迁移 ${row.name} 执行之后被改动过，程序没有启动。已发布的迁移不能修改。`,
        en: `Migration ${row.name} was changed after it ran, so nothing was started. A released migration never changes.`,
      };
    }
  }
  return files.slice(applied.length);
}

const READ_APPLIED = 'SELECT number, name, hash FROM linli_migrations ORDER BY number';

function applyToSqlite(connection: BetterSqlite.Database, migration: Migration): void {
  for (const statement of migration.statements) connection.exec(statement);
  connection
    .prepare('INSERT INTO linli_migrations (number, name, hash, applied_at) VALUES (?, ?, ?, ?)')
    .run(migration.number, migration.name, migration.hash, Date.now());
  const broken = connection.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0)
    throw new Error(`${migration.name} leaves ${broken.length} references to missing rows.`);
}

export function migrateSqlite(
  connection: BetterSqlite.Database,
  folder: string = migrationsFolder('sqlite'),
): Migrated | DatabaseRefusal {
  const files = readMigrations(folder);
  connection.exec(
    'CREATE TABLE IF NOT EXISTS linli_migrations (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL,' +
      ' hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  );
  const done: string[] = [];
  // Read again inside each: another process may have started on the same file a moment ago.
  const step = connection.transaction((): DatabaseRefusal | 'more' | 'end' => {
    const plan = planMigrations(files, connection.prepare(READ_APPLIED).all() as AppliedMigration[]);
    if ('kind' in plan) return plan;
    const next = plan[0];
    if (next === undefined) return 'end';
    applyToSqlite(connection, next);
    done.push(next.name);
    return 'more';
  });
  // SQLite rebuilds a table by copying it; its references are checked once the copy has the table's name, not between.
  connection.pragma('foreign_keys = OFF');
  try {
    for (;;) {
      const result = step.immediate();
      if (result === 'end') return { kind: 'migrated', applied: done };
      if (result !== 'more') return result;
    }
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

/** Names of the migrations that `migrate` would run; nothing is written to find out. */
export function pendingInSqlite(connection: BetterSqlite.Database): string[] | DatabaseRefusal {
  const isBegun = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'linli_migrations'").get();
  const applied = isBegun ? connection.prepare(READ_APPLIED).all() : [];
  return namesOf(planMigrations(readMigrations(migrationsFolder('sqlite')), applied as AppliedMigration[]));
}

export async function pendingInPostgres(pool: Pool): Promise<string[] | DatabaseRefusal> {
  const begun = await pool.query("SELECT to_regclass('linli_migrations') AS name");
  const isBegun = (begun.rows[0] as { name: string | null }).name !== null;
  const applied = isBegun ? (await pool.query<AppliedMigration>(READ_APPLIED)).rows : [];
  return namesOf(planMigrations(readMigrations(migrationsFolder('postgres')), applied));
}

function namesOf(plan: readonly Migration[] | DatabaseRefusal): string[] | DatabaseRefusal {
  return 'kind' in plan ? plan : plan.map(({ name }) => name);
}

/** Any number that no book has: books lock by their small ids. */
const MIGRATION_LOCK = -4_702_111_234;

export async function migratePostgres(
  pool: Pool,
  folder: string = migrationsFolder('postgres'),
): Promise<Migrated | DatabaseRefusal> {
  const files = readMigrations(folder);
  const done: string[] = [];
  const client = await pool.connect();
  try {
    for (;;) {
      await client.query('BEGIN');
      // Identical processes start together: one migrates, the others wait here, with time for a long one.
      await client.query('SET LOCAL statement_timeout = 0');
      await client.query('SET LOCAL lock_timeout = 0');
      await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      await client.query(
        'CREATE TABLE IF NOT EXISTS linli_migrations (number bigint PRIMARY KEY, name text NOT NULL,' +
          ' hash text NOT NULL, applied_at bigint NOT NULL)',
      );
      const { rows } = await client.query<AppliedMigration>(READ_APPLIED);
      const plan = planMigrations(files, rows);
      const next = 'kind' in plan ? undefined : plan[0];
      if (next !== undefined) {
        for (const statement of next.statements) await client.query(statement);
        await client.query(
          'INSERT INTO linli_migrations (number, name, hash, applied_at) VALUES ($1, $2, $3, $4)',
          [next.number, next.name, next.hash, Date.now()],
        );
        done.push(next.name);
      }
      await client.query('COMMIT');
      if ('kind' in plan) return plan;
      if (next === undefined) return { kind: 'migrated', applied: done };
    }
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

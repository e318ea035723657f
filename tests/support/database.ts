/**
 * Databases for tests: each call gives a fresh one, migrated, that nobody else sees. Engines are closed and files
 * removed after the test file, PostgreSQL databases after the run; a test that opens very many engines closes each.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, inject } from 'vitest';
import { openDatabase } from '../../api/db/index.ts';
import type { DatabaseTarget, Engine, PostgresEngine, SqliteEngine } from '../../api/db/index.ts';
import { endWithFile } from './ending.ts';
import { createPostgresDatabase } from './postgres.ts';
import { quickFolder } from './quick-folder.ts';

/** pg's pool refuses a second `end`; a test may have closed its engine already. */
async function closeOnce(engine: Engine): Promise<void> {
  if (engine.kind === 'postgres' && engine.pool.ended) return;
  await engine.close();
}

/** A file name in a new temporary folder, where no database is yet. */
export function blankSqlite(): DatabaseTarget & { kind: 'sqlite' } {
  const folder = mkdtempSync(join(quickFolder(), 'linli-test-'));
  endWithFile(() => rmSync(folder, { recursive: true, force: true }));
  return { kind: 'sqlite', file: join(folder, 'linli.sqlite') };
}

/** A new database without any table. */
export async function blankPostgres(): Promise<DatabaseTarget & { kind: 'postgres' }> {
  return { kind: 'postgres', url: await createPostgresDatabase(inject('postgres')) };
}

/** Opens a target as it is, not migrated; refused is a failed test. */
export async function openForTest(target: DatabaseTarget): Promise<Engine> {
  const engine = await openDatabase(target);
  if (engine.kind === 'refused') throw new Error(engine.en);
  endWithFile(() => closeOnce(engine));
  return engine;
}

export async function withSqlite(): Promise<SqliteEngine> {
  const target = blankSqlite();
  copyFileSync(inject('sqlite').template, target.file);
  return (await openForTest(target)) as SqliteEngine;
}

export async function withPostgres(): Promise<PostgresEngine> {
  const url = await createPostgresDatabase(inject('postgres'), inject('postgres').template);
  return (await openForTest({ kind: 'postgres', url })) as PostgresEngine;
}

/** Declares the same tests for both engines; `open` gives a fresh, migrated database each time. */
export function eachEngine(declare: (name: Engine['kind'], open: () => Promise<Engine>) => void): void {
  describe('on SQLite', () => declare('sqlite', withSqlite));
  describe('on PostgreSQL', () => declare('postgres', withPostgres));
}

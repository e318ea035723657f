import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatabaseRefusal, Engine } from '../../api/db/index.ts';
import { migratePostgres, migrateSqlite } from '../../api/db/migrate.ts';
import type { Migrated } from '../../api/db/migrate.ts';
import { migrationsFolder, readMigrations } from '../../api/db/migration-files.ts';
import { blankPostgres, blankSqlite, openForTest } from '../support/database.ts';

/** The migration that orders keys by themselves instead of by their scope. */
const KEYS_REBUILT = 6;

let folder: string;
let engine: Engine;

const migrateFrom = async (path: string): Promise<Migrated | DatabaseRefusal> =>
  engine.kind === 'sqlite' ? migrateSqlite(engine.sqlite, path) : migratePostgres(engine.pool, path);

async function query(statement: string): Promise<unknown[]> {
  if (engine.kind === 'sqlite') return engine.sqlite.prepare(statement).all();
  return (await engine.pool.query(statement)).rows;
}

async function tableExists(name: string): Promise<boolean> {
  const catalogue =
    engine.kind === 'sqlite'
      ? `SELECT 1 FROM sqlite_schema WHERE name = '${name}'`
      : `SELECT 1 FROM pg_tables WHERE tablename = '${name}'`;
  return (await query(catalogue)).length > 0;
}

function nextFile(statements: string): void {
  const number = String(readMigrations(folder).length).padStart(4, '0');
  writeFileSync(join(folder, `${number}_next.sql`), statements);
}

describe.each(['sqlite', 'postgres'] as const)('Migrations on %s', (kind) => {
  const names = readMigrations(migrationsFolder(kind)).map(({ name }) => name);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linli-migrations-'));
    cpSync(migrationsFolder(kind), folder, { recursive: true });
    engine = await openForTest(kind === 'sqlite' ? blankSqlite() : await blankPostgres());
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('run once, in order, and are recorded with the hash of their file', async () => {
    expect(await engine.migrate()).toEqual({ kind: 'migrated', applied: names });
    expect(await engine.migrate()).toEqual({ kind: 'migrated', applied: [] });
    const recorded = await query('SELECT number, name, hash FROM linli_migrations ORDER BY number');
    expect(recorded).toEqual(
      readMigrations(migrationsFolder(kind)).map(({ number, name, hash }) => ({ number, name, hash })),
    );
  });

  it('bring an older database up to date', async () => {
    await migrateFrom(folder);
    nextFile('CREATE TABLE later (id integer);');
    expect(await migrateFrom(folder)).toEqual({ kind: 'migrated', applied: ['next'] });
    expect(await tableExists('later')).toBe(true);
  });

  it('keep every key and its refusal to change while its table is built anew', async () => {
    const later = readMigrations(folder).filter(({ number }) => number >= KEYS_REBUILT);
    const put = (key: string): Promise<unknown[]> =>
      query(
        `INSERT INTO keys (book, scope, key, request_hash, unit_id, status, answer, booked_at, hash)
         VALUES (1, 'desk', '${key}', 'h', 'u', 'refused', '{}', 0, 'h') RETURNING key`,
      );
    const fileOf = ({ number, name }: { number: number; name: string }): string =>
      join(folder, `${String(number).padStart(4, '0')}_${name}.sql`);
    for (const migration of later) rmSync(fileOf(migration));
    await migrateFrom(folder);
    for (const key of ['b', 'a']) await put(key);

    await engine.migrate();
    expect(await query('SELECT scope, key FROM keys ORDER BY key')).toEqual([
      { scope: 'desk', key: 'a' },
      { scope: 'desk', key: 'b' },
    ]);
    await expect(put('a')).rejects.toThrow(/unique/i);
    await expect(query("UPDATE keys SET answer = '1' RETURNING key")).rejects.toThrow('append-only');
    await expect(query('DELETE FROM keys RETURNING key')).rejects.toThrow('append-only');
  });

  it('are refused when one was changed after it ran, and nothing runs', async () => {
    await migrateFrom(folder);
    const first = join(folder, `0000_${names[0]}.sql`);
    writeFileSync(first, `${readFileSync(first, 'utf8')}-- a later thought\n`);
    nextFile('CREATE TABLE later (id integer);');
    expect(await migrateFrom(folder)).toMatchObject({ kind: 'refused', reason: 'migration-changed' });
    expect(await tableExists('later')).toBe(false);
  });

  it('are refused when the database has one that the program does not know', async () => {
    nextFile('CREATE TABLE later (id integer);');
    await migrateFrom(folder);
    expect(await engine.migrate()).toMatchObject({ kind: 'refused', reason: 'newer-database' });
  });

  it('leave nothing behind when one fails half-way, and run when it is mended', async () => {
    nextFile('CREATE TABLE later (id integer);\n--> statement-breakpoint\nCREATE TABLE later (id integer);');
    await expect(migrateFrom(folder)).rejects.toThrow(/later.*already exists/);
    expect(await tableExists('later')).toBe(false);
    expect(await query('SELECT name FROM linli_migrations')).toHaveLength(names.length);
    rmSync(join(folder, `${String(names.length).padStart(4, '0')}_next.sql`));
    nextFile('CREATE TABLE later (id integer);');
    expect(await migrateFrom(folder)).toEqual({ kind: 'migrated', applied: ['next'] });
  });

  it('run once when two processes start at the same moment', async () => {
    const other = await openForTest(engine.target);
    const answers = await Promise.all([engine.migrate(), other.migrate()]);
    const applied = answers.map((answer) => (answer.kind === 'migrated' ? answer.applied : ['refused']));
    // Each once; with several to run, the two take turns.
    expect(applied.flat().toSorted()).toEqual([...names].sort());
  });
});

it('A SQLite migration that leaves a reference to a missing row is undone', async () => {
  engine = await openForTest(blankSqlite());
  folder = mkdtempSync(join(tmpdir(), 'linli-migrations-'));
  nextFile(
    'CREATE TABLE parent (id integer primary key);\n--> statement-breakpoint\n' +
      'CREATE TABLE child (parent integer references parent (id));\n--> statement-breakpoint\n' +
      'INSERT INTO child VALUES (7);',
  );
  await expect(migrateFrom(folder)).rejects.toThrow('references to missing rows');
  expect(await tableExists('child')).toBe(false);
  // And the connection enforces references again.
  expect(engine.kind === 'sqlite' && engine.sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
  rmSync(folder, { recursive: true, force: true });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableName } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { planMigration } from '../../api/db/generate.ts';
import { migrationsFolder, readMigrations } from '../../api/db/migration-files.ts';
import { appendOnlyTables, sqliteTables, withoutRowidTables } from '../../api/db/schema.ts';
import type { SqliteEngine } from '../../api/db/index.ts';
import { withPostgres, withSqlite } from '../support/database.ts';
import { describePostgres, describeSqlite, formatSchema } from './introspect.ts';
import type { Schema } from './introspect.ts';

type Snapshot = {
  tables: Record<string, { checkConstraints: object; indexes: Record<string, { where?: string }> }>;
};

/** What drizzle-kit took the schema for when it wrote the last migration. */
function lastSnapshot(dialect: 'sqlite' | 'postgres'): Snapshot['tables'] {
  const folder = migrationsFolder(dialect);
  const number = String(readMigrations(folder).length - 1).padStart(4, '0');
  const text = readFileSync(join(folder, 'meta', `${number}_snapshot.json`), 'utf8');
  const { tables } = JSON.parse(text) as Snapshot;
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name.replace(/^public\./, ''), table]),
  );
}

describe('The schema', () => {
  let engine: SqliteEngine;
  let onSqlite: Schema;
  let onPostgres: Schema;

  beforeAll(async () => {
    engine = await withSqlite();
    onSqlite = describeSqlite(engine);
    onPostgres = await describePostgres(await withPostgres());
  });

  it('is the same on both engines: tables, columns, nullability, keys, indexes, checks and references', () => {
    expect(Object.keys(onSqlite).length).toBeGreaterThan(10);
    expect(formatSchema(onPostgres)).toBe(formatSchema(onSqlite));
  });

  it('is the one that was pinned; when a change is meant, run `npx vitest run tests/migrations -u`', async () => {
    await expect(formatSchema(onSqlite)).toMatchFileSnapshot('schema.pinned.txt');
  });

  it('has the same conditions in the checks and partial indexes of both engines', () => {
    const conditions = (dialect: 'sqlite' | 'postgres') =>
      Object.entries(lastSnapshot(dialect)).flatMap(([table, { checkConstraints, indexes }]) => [
        ...Object.values(checkConstraints as Record<string, { name: string; value: string }>)
          .filter(({ name }) => !name.endsWith('_boolean'))
          .map(({ name, value }) => `${table} ${name}: ${value}`),
        ...Object.entries(indexes).flatMap(([name, { where }]) =>
          where ? [`${table} ${name}: ${where}`] : [],
        ),
      ]);
    expect(conditions('postgres').sort()).toEqual(conditions('sqlite').sort());
  });

  it.each(['sqlite', 'postgres'] as const)(
    'of %s is what the migrations make: nothing waits to be generated',
    async (dialect) => {
      const { statements } = await planMigration(dialect, false);
      expect(statements, 'run `npm run migrations`').toEqual([]);
    },
  );

  it('has the same migrations, by number and name, for both engines', () => {
    const names = (dialect: 'sqlite' | 'postgres') =>
      readMigrations(migrationsFolder(dialect)).map(({ number, name }) => `${number} ${name}`);
    expect(names('postgres')).toEqual(names('sqlite'));
  });

  it('holds every table that a module describes, and no two modules describe the same one', () => {
    const described = Object.values(sqliteTables).map((table) => getTableName(table));
    expect(described.sort()).toEqual(Object.keys(onSqlite));
  });

  it('is strict on SQLite, and the tables found by key alone live in their key', () => {
    const list = engine.sqlite.pragma('table_list') as {
      name: string;
      type: string;
      wr: number;
      strict: number;
    }[];
    const ours = list.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'));
    expect(ours.filter(({ strict }) => strict === 0)).toEqual([]);
    const keyed = ours.filter(({ wr }) => wr === 1).map(({ name }) => name);
    expect(keyed.sort()).toEqual([...withoutRowidTables].sort());
  });

  it('names only tables that exist as append-only', () => {
    expect(Object.keys(onSqlite)).toEqual(expect.arrayContaining([...appendOnlyTables]));
  });
});

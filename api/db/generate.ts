/**
 * `npm run migrations -- NAME` writes the next migration of both dialects from the schema, under one number and name.
 * `npm run migrations -- --fresh foundation` writes the first one again, which is right only until it has been released.
 * `npm run migrations -- --check` says whether the files are what the schema says.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as DrizzleKit from 'drizzle-kit/api';
import { finishStatements } from './ddl.ts';
import type { Dialect } from './ddl.ts';
import { STATEMENT_BREAK, migrationsFolder, readMigrations } from './migration-files.ts';
import { appendOnlyTables, postgresTables, sqliteTables, withoutRowidTables } from './schema.ts';

// Its ES module build asks for `require` at run time, so it is loaded the old way.
const kit = createRequire(import.meta.url)('drizzle-kit/api') as typeof DrizzleKit;

type Snapshot = { id: string; prevId: string; tables: Record<string, { name: string; columns: object }> };

const START: Snapshot['id'] = '00000000-0000-0000-0000-000000000000';

const dialects = {
  sqlite: {
    snapshot: async (tables: Record<string, unknown>): Promise<Snapshot> =>
      kit.generateSQLiteDrizzleJson(tables),
    difference: async (from: Snapshot, to: Snapshot) =>
      kit.generateSQLiteMigration(
        from as DrizzleKit.DrizzleSQLiteSnapshotJSON,
        to as DrizzleKit.DrizzleSQLiteSnapshotJSON,
      ),
    tables: sqliteTables,
  },
  postgres: {
    snapshot: async (tables: Record<string, unknown>): Promise<Snapshot> => kit.generateDrizzleJson(tables),
    difference: async (from: Snapshot, to: Snapshot) =>
      kit.generateMigration(from as DrizzleKit.DrizzleSnapshotJSON, to as DrizzleKit.DrizzleSnapshotJSON),
    tables: postgresTables,
  },
} as const;

/** drizzle-kit numbers snapshots at random; ours follow from their content, so the same schema writes the same file. */
function withStableId(snapshot: Snapshot, prevId: string): Snapshot {
  const hash = createHash('sha256').update(JSON.stringify({ ...snapshot, id: '', prevId }));
  return { ...snapshot, id: hash.digest('hex').slice(0, 32), prevId };
}

function lastSnapshot(folder: string): Snapshot | undefined {
  const meta = join(folder, 'meta');
  const last = readMigrations(folder).at(-1);
  if (last === undefined) return undefined;
  const file = `${String(last.number).padStart(4, '0')}_snapshot.json`;
  return JSON.parse(readFileSync(join(meta, file), 'utf8')) as Snapshot;
}

/** The statements that lead from the last migration (or from nothing, when `fresh`) to the schema as written now. */
export async function planMigration(dialect: Dialect, fresh: boolean) {
  const { snapshot, difference, tables } = dialects[dialect];
  const from = (fresh ? undefined : lastSnapshot(migrationsFolder(dialect))) ?? {
    ...(await snapshot({})),
    id: START,
  };
  const to = withStableId(await snapshot(tables), from.id);
  const statements = finishStatements(dialect, await difference(from, to), {
    appendOnly: appendOnlyTables,
    withoutRowid: withoutRowidTables,
    columnsBefore: Object.fromEntries(
      Object.values(from.tables).map((table) => [table.name, Object.keys(table.columns)]),
    ),
  });
  return { statements, snapshot: to };
}

/** Written beside and renamed, so that a test running meanwhile never reads half a file. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function removeOthers(folder: string, kept: readonly string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && !kept.includes(entry.name)) rmSync(join(folder, entry.name), { force: true });
  }
}

async function writeMigration(dialect: Dialect, name: string, fresh: boolean): Promise<string> {
  const folder = migrationsFolder(dialect);
  const meta = join(folder, 'meta');
  mkdirSync(meta, { recursive: true });
  const number = String(fresh ? 0 : readMigrations(folder).length).padStart(4, '0');
  const { statements, snapshot } = await planMigration(dialect, fresh);
  if (statements.length === 0) return `drizzle/${dialect}: nothing has changed`;
  const file = `${number}_${name}.sql`;
  const snapshotFile = `${number}_snapshot.json`;
  replaceFile(join(folder, file), statements.join(`\n${STATEMENT_BREAK}\n`) + '\n');
  replaceFile(join(meta, snapshotFile), JSON.stringify(snapshot, null, 2) + '\n');
  if (fresh) {
    removeOthers(folder, [file]);
    removeOthers(meta, [snapshotFile]);
  }
  return `drizzle/${dialect}/${file}: ${statements.length} statements`;
}

async function check(): Promise<number> {
  const waiting = [];
  for (const dialect of ['sqlite', 'postgres'] as const) {
    const { statements } = await planMigration(dialect, false);
    waiting.push(...statements.map((statement) => `${dialect}: ${statement}`));
  }
  for (const statement of waiting) console.error(statement);
  return waiting.length === 0 ? 0 : 1;
}

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === '--check') return check();
  const fresh = args[0] === '--fresh';
  const name = (fresh ? args[1] : args[0])?.replaceAll('-', '_');
  if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
    console.error('usage: npm run migrations -- [--fresh] NAME   (a meaningful name, such as add_fairs)');
    return 1;
  }
  if (fresh && readMigrations(migrationsFolder('sqlite')).length > 1) {
    console.error(
      'There is more than one migration: the first has been released and is never written again.',
    );
    return 1;
  }
  for (const dialect of ['sqlite', 'postgres'] as const) {
    console.log(await writeMigration(dialect, name, fresh));
  }
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await main(process.argv.slice(2));
}

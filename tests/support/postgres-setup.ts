/**
 * vitest's global set-up: one PostgreSQL for the whole run, and a migrated database of each engine for tests to copy.
 * Each project of the run calls it in turn; they share all this, and the last one to end removes it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../api/db/index.ts';
import type { DatabaseTarget } from '../../api/db/index.ts';
import { createPostgresDatabase, databaseName, startPostgres } from './postgres.ts';
import type { PostgresServer } from './postgres.ts';
import { quickFolder, sweepQuickFolder } from './quick-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: Omit<PostgresServer, 'stop'> & { template: string };
    /** `template` is the file of a migrated database that nobody has open. */
    sqlite: { template: string };
  }
}

type Shared = { server: PostgresServer; template: string; folder: string; file: string };

/** On the global object, because each project loads this file anew. */
const globals = globalThis as { linliTestDatabases?: { users: number; shared: Promise<Shared> } };

async function migrate(target: DatabaseTarget): Promise<void> {
  const engine = await openDatabase(target);
  if (engine.kind === 'refused') throw new Error(engine.en);
  // A database can be copied only while nobody is connected to it.
  const migrated = await engine.migrate().finally(() => engine.close());
  if (migrated.kind === 'refused') throw new Error(migrated.en);
}

async function start(): Promise<Shared> {
  sweepQuickFolder();
  const server = await startPostgres('quick');
  const folder = mkdtempSync(join(quickFolder(), 'linli-template-'));
  try {
    const file = join(folder, 'linli.sqlite');
    await migrate({ kind: 'sqlite', file });
    const url = await createPostgresDatabase(server);
    await migrate({ kind: 'postgres', url });
    return { server, template: databaseName(url), folder, file };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
    throw error;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = (globals.linliTestDatabases ??= { users: 0, shared: start() });
  running.users += 1;
  const { server, template, folder, file } = await running.shared;
  const { url, run, kind } = server;
  project.provide('postgres', { url, run, kind, template });
  project.provide('sqlite', { template: file });
  return async () => {
    running.users -= 1;
    if (running.users > 0) return;
    delete globals.linliTestDatabases;
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  };
}

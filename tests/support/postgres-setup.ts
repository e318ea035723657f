/**
 * vitest's global set-up: one PostgreSQL for the whole run and one migrated database that tests copy. Each project of
 * the run calls it in turn; they share the server, and the last one to end stops it.
 */
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../api/db/index.ts';
import { createPostgresDatabase, databaseName, startPostgres } from './postgres.ts';
import type { PostgresServer } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { url: string; run: string; template: string };
  }
}

type Shared = { server: PostgresServer; template: string };

/** On the global object, because each project loads this file anew. */
const globals = globalThis as { linliTestPostgres?: { users: number; shared: Promise<Shared> } };

async function start(): Promise<Shared> {
  const server = await startPostgres();
  try {
    const templateUrl = await createPostgresDatabase(server);
    const engine = await openDatabase({ kind: 'postgres', url: templateUrl });
    if (engine.kind === 'refused') throw new Error(engine.en);
    // A database can be copied only while nobody is connected to it.
    await engine.migrate().finally(() => engine.close());
    return { server, template: databaseName(templateUrl) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = (globals.linliTestPostgres ??= { users: 0, shared: start() });
  running.users += 1;
  const { server, template } = await running.shared;
  project.provide('postgres', { url: server.url, run: server.run, template });
  return async () => {
    running.users -= 1;
    if (running.users > 0) return;
    delete globals.linliTestPostgres;
    await server.stop();
  };
}

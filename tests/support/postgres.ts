/** PostgreSQL for tests and benchmarks: one embedded server, or the one that TEST_POSTGRES_URL names. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { ClusterKind } from './postgres-cluster.ts';
import { projectRoot } from './project-root.ts';

/** `run` begins the name of every database that is made here, so that those of another run are never touched. */
export type PostgresServer = { url: string; run: string; kind: ClusterKind; stop(): Promise<void> };

const KEEPER = join('tests', 'support', 'postgres-keeper.ts');

/**
 * Starts the server in a process of its own, which ends it when `stop` is called or when this process is gone. `alone` is
 * for whoever must be the only one on it, whatever server there is.
 */
export async function startPostgres(
  kind: ClusterKind,
  { alone = false }: { alone?: boolean } = {},
): Promise<PostgresServer> {
  const run = `linli_test_${randomBytes(4).toString('hex')}`;
  const given = process.env['TEST_POSTGRES_URL'];
  if (!alone && given !== undefined && given !== '') {
    return { url: given, run, kind: 'durable', stop: () => dropDatabases(given, run) };
  }
  const keeper = spawn(process.execPath, ['--import', 'tsx', KEEPER, kind], {
    cwd: projectRoot(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: keeper.stdout }).once('line', resolve);
    keeper.once('error', reject);
    keeper.once('exit', () =>
      reject(new Error('PostgreSQL for the tests did not start; its reason is above.')),
    );
  });
  return {
    url,
    run,
    kind,
    // The databases go with the folder: to drop one costs a checkpoint, and there may be hundreds.
    stop: () => {
      keeper.stdin.end();
      return ended;
    },
  };
}

async function asAdministrator<T>(serverUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** A new database of this run, a copy of `template` when one is named; returns its address. */
export async function createPostgresDatabase(
  { url, run, kind }: Omit<PostgresServer, 'stop'>,
  template = 'template0',
): Promise<string> {
  const name = `${run}_${randomBytes(8).toString('hex')}`;
  // File by file is quicker where the checkpoint that it asks for costs nothing.
  const strategy = kind === 'quick' ? 'FILE_COPY' : 'WAL_LOG';
  await asAdministrator(url, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8' STRATEGY ${strategy}`),
  );
  return urlOf(url, name);
}

/** Removes the databases of a run from a server that outlives it, whoever is still connected. */
async function dropDatabases(serverUrl: string, run: string): Promise<void> {
  await asAdministrator(serverUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [`${run}_`],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  });
}

export function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}

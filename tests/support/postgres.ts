/** PostgreSQL for tests and benchmarks: one embedded server, or the one that TEST_POSTGRES_URL names. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

export type PostgresServer = { url: string; stop(): Promise<void> };

const KEEPER = join('tests', 'support', 'postgres-keeper.ts');

/** The project's root, found by walking up, because benchmarks run from a bundle that lies elsewhere than this file. */
function projectRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, KEEPER))) return from;
  if (dirname(from) === from) throw new Error(`${KEEPER} was not found above the program.`);
  return projectRoot(dirname(from));
}

/** Starts the server in a process of its own, which ends it when `stop` is called or when this process is gone. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: async () => undefined };
  const keeper = spawn(process.execPath, ['--import', 'tsx', KEEPER], {
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

/** A new database of its own name, a copy of `template` when one is named; returns its address. */
export async function createPostgresDatabase(serverUrl: string, template?: string): Promise<string> {
  const name = `linli_test_${randomUUID().replaceAll('-', '')}`;
  const from = template === undefined ? 'template0' : template;
  await asAdministrator(serverUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${from} ENCODING 'UTF8'`),
  );
  return urlOf(serverUrl, name);
}

/** Removes databases made by `createPostgresDatabase`, whoever is still connected. */
export async function dropPostgresDatabases(serverUrl: string, urls: readonly string[]): Promise<void> {
  await asAdministrator(serverUrl, async (client) => {
    for (const url of urls) {
      await client.query(`DROP DATABASE IF EXISTS ${databaseName(url)} WITH (FORCE)`);
    }
  });
}

export function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}

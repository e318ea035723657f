/** A demo estate of its own for each file of browser tests, served by a process of its own on a free port. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { DemoRecord } from '../../../api/demo/demo-folder.ts';
import { startProcess } from './served-process.ts';
import { quickFolder } from '../../support/quick-folder.ts';

export type DemoServer = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Its own, and gone after `stop`; the sample files lie in `files`. */
  readonly folder: string;
  readonly record: DemoRecord;
  stop(): Promise<void>;
};

const BUILT = join('.build', 'demo.mjs');
const ON_POSTGRES = join('tests', 'e2e', 'support', 'postgres-demo.ts');

/** On SQLite the built demo is what runs; it knows no other engine, so PostgreSQL has a small process of ours. */
export async function startDemoServer({ databaseUrl }: { databaseUrl?: string } = {}): Promise<DemoServer> {
  const folder = await mkdtemp(join(quickFolder(), 'linli-walk-'));
  const dataDir = join(folder, 'data');
  const given = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', DATABASE_URL: databaseUrl ?? '' };
  const record = databaseUrl === undefined ? await copyEstate(dataDir) : await makeAnother(given);
  const program = databaseUrl === undefined ? [BUILT] : ['--import', 'tsx', ON_POSTGRES];
  const served = await startProcess(program, given);
  return {
    url: served.url,
    folder: dataDir,
    record,
    async stop() {
      await served.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function copyEstate(dataDir: string): Promise<DemoRecord> {
  const { folder, record } = inject('estate');
  await cp(folder, dataDir, { recursive: true });
  return record;
}

/** Only one file needs the whole API in its own process, so only that one loads it. */
async function makeAnother(given: Readonly<Record<string, string>>): Promise<DemoRecord> {
  const { makeSmallDemo } = await import('./small-demo.ts');
  return makeSmallDemo(given);
}

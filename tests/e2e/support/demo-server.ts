/** A demo estate of its own for each file of browser tests, served by a process of its own on a free port. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DemoRecord } from '../../../api/demo/demo-folder.ts';
import { isRefusal, readConfig } from '../../../api/platform/index.ts';
import { makeSmallDemo } from './small-demo.ts';

export type DemoServer = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Its own, and gone after `stop`; the sample files lie in `files`. */
  readonly folder: string;
  readonly record: DemoRecord;
  stop(): Promise<void>;
};

const BUILT = join('.build', 'demo.mjs');
const PAGES = join('web', 'build', 'handler.js');
const ON_POSTGRES = join('tests', 'e2e', 'support', 'postgres-demo.ts');

/** On SQLite the built demo is what runs; it knows no other engine, so PostgreSQL has a small process of ours. */
export async function startDemoServer({ databaseUrl }: { databaseUrl?: string } = {}): Promise<DemoServer> {
  for (const file of [BUILT, PAGES]) {
    if (!existsSync(file)) throw new Error(`${file} is missing; run npm run build first.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'linli-walk-'));
  const dataDir = join(folder, 'data');
  const given = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', DATABASE_URL: databaseUrl ?? '' };
  const config = readConfig(given);
  if (isRefusal(config)) throw new Error(config.en);
  const record = await makeSmallDemo(config);
  const program = databaseUrl === undefined ? [BUILT] : ['--import', 'tsx', ON_POSTGRES];
  const child = spawn(process.execPath, program, {
    env: { ...process.env, ...given },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A run that is broken off leaves no server behind.
  const endWithUs = () => void child.kill();
  process.once('exit', endWithUs);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /http:\/\/[\d.]+:\d+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
    void ended.then(() => reject(new Error('the demo ended before it printed its address')));
  });
  return {
    url,
    folder: dataDir,
    record,
    async stop() {
      child.kill();
      await ended;
      process.off('exit', endWithUs);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

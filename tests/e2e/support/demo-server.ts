/** A demo estate of its own for each file of browser tests, served by a process of its own on a free port. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { DemoRecord } from '../../../api/demo/demo-folder.ts';
import type { WechatConfig } from '../../../api/platform/index.ts';
import { freePort } from '../../support/free-port.ts';
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
export async function startDemoServer({
  databaseUrl,
  wechat,
}: { databaseUrl?: string; wechat?: WechatConfig } = {}): Promise<DemoServer> {
  const folder = await mkdtemp(join(quickFolder(), 'linli-walk-'));
  const dataDir = join(folder, 'data');
  const given = {
    ...{ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', DATABASE_URL: databaseUrl ?? '' },
    ...(wechat && (await settingsOf(wechat))),
  };
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

/** WeChat leads back to a registered address, so the port is chosen before the server starts. */
async function settingsOf({ apps, ...urls }: WechatConfig): Promise<Record<string, string>> {
  const port = await freePort();
  return {
    ...{ PORT: String(port), ORIGIN: `http://127.0.0.1:${port}` },
    ...{ WECHAT_AUTHORIZE_URL: urls.authorizeUrl, WECHAT_API_URL: urls.apiUrl },
    ...{ WECHAT_APP_ID: apps.inside?.appId ?? '', WECHAT_APP_SECRET: apps.inside?.secret ?? '' },
    ...{ WECHAT_WEB_APP_ID: apps.desk?.appId ?? '', WECHAT_WEB_APP_SECRET: apps.desk?.secret ?? '' },
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

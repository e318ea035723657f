/** `npm start` on an empty folder: nothing is there but the link that it prints. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startProcess } from './served-process.ts';
import { quickFolder } from '../../support/quick-folder.ts';

export type EmptyServer = { readonly url: string; readonly setUpLink: string; stop(): Promise<void> };

export async function startEmptyServer(): Promise<EmptyServer> {
  const folder = await mkdtemp(join(quickFolder(), 'linli-empty-'));
  const given = { DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'warn', DATABASE_URL: '' };
  const served = await startProcess([join('.build', 'main.mjs')], given);
  const setUpLink = (await served.line(/\/welcome\//)).trim();
  return {
    url: served.url,
    setUpLink,
    async stop() {
      await served.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A demo's database is known as one wherever it goes, since its passwords are public. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runLinli } from '../../api/cli/run-linli.ts';
import { isDemo } from '../../api/demo/index.ts';
import { seedDemo } from '../../api/demo/seed.ts';
import { isRefusal, readConfig } from '../../api/platform/index.ts';
import { createServer, type ServerOptions } from '../../api/server.ts';
import { startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

const NOW = Date.parse('2026-06-20T12:00+08:00');
const HISTORY = { seed: 'a', now: NOW, size: { houses: 24, people: 56, shops: 3 }, report: () => undefined };

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'linli-demo-mark-'));
  vi.stubEnv('DATABASE_URL', '');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(top, { recursive: true, force: true });
});

async function serve(folder: string, production: boolean, options: ServerOptions = {}) {
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  if (isRefusal(config)) throw new Error(config.en);
  return createServer({ ...config, production }, { pages: false, ...options });
}

eachEngine((_name, open) => {
  it('is marked before anybody of it can sign in, and no other database is', async () => {
    const app = await startApp(await open());
    expect(await isDemo(app.engine)).toBe(false);
    await app.person({ role: 'staff', place: await app.place() });
    expect(await isDemo(app.engine)).toBe(false);
    const setClock = (at: number) => void (app.clock.now = at);
    const broken = { ...app.server.deps, places: undefined as never };
    await expect(seedDemo(broken, { ...HISTORY, setClock })).rejects.toThrow();
    expect(await isDemo(app.engine)).toBe(true);
  });
});

it('copied, or backed up and restored, it is not served in production, and restoring says so', async () => {
  let clock = NOW;
  const made = await serve(join(top, 'demo'), false, { clock: () => clock });
  if (isRefusal(made)) throw new Error(made.en);
  await seedDemo(made.deps, { ...HISTORY, setClock: (at) => void (clock = at) });
  await made.stop();

  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  vi.stubEnv('DATA_DIR', join(top, 'demo'));
  expect(await runLinli(['backup', join(top, 'copy.db')])).toBe(0);
  vi.stubEnv('DATA_DIR', join(top, 'restored'));
  expect(await runLinli(['restore', join(top, 'copy.db')])).toBe(0);
  expect(said.join('')).toContain('It is a demo');

  const empty = await serve(join(top, 'live'), true);
  if (isRefusal(empty)) throw new Error(empty.en);
  await empty.stop();
  copyFileSync(join(top, 'demo', 'linli.db'), join(top, 'live', 'linli.db'));
  for (const folder of ['live', 'restored']) {
    expect(existsSync(join(top, folder, 'demo.json'))).toBe(false);
    expect(await serve(join(top, folder), true)).toMatchObject({
      kind: 'refused',
      zh: expect.stringContaining('演示数据'),
      en: expect.stringContaining('is a demo'),
    });
  }
}, 60_000);

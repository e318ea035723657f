/** `npm run demo` as a visitor meets it: what it prints, what it refuses to touch. Each test is a real process. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../api/demo/crew.ts';
import { beginFolder, finishFolder } from '../../api/demo/demo-folder.ts';
import { seedDemo } from '../../api/demo/seed.ts';
import { isRefusal, readConfig } from '../../api/platform/index.ts';
import { createServer } from '../../api/server.ts';
import { builtFile } from '../support/built.ts';

const MAIN = builtFile('demo');

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'linli-demo-process-')), 'demo');
});
afterEach(() => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  /** All that was said until it said this. */
  const said = (words: RegExp) =>
    new Promise<string>((resolve) => {
      const listen = () => words.test(out) && resolve(out);
      child.stdout.on('data', listen);
      listen();
    });
  const exited = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, said, welcomed: said(/demo\.json/), exited };
}

async function makeSmallDemo(): Promise<void> {
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  if (isRefusal(config)) throw new Error(config.en);
  beginFolder(folder, { kind: 'absent' });
  const now = Date.now();
  let clock = now;
  const server = await createServer(config, { pages: false, clock: () => clock });
  if (isRefusal(server)) throw new Error(server.en);
  const size = { houses: 24, people: 56, shops: 3 };
  const setClock = (at: number) => void (clock = at);
  const input = { seed: 'a', now, size, setClock, report: () => undefined };
  const { files, ...made } = await seedDemo(server.deps, input);
  await server.stop();
  finishFolder(folder, { ...made, seed: 'a', madeAt: '', password: DEMO_PASSWORD }, files);
}

describe('npm run demo', () => {
  it('serves the demo that is there, and says where and as whom to sign in', async () => {
    await makeSmallDemo();
    const { child, welcomed, exited } = start();
    const out = await welcomed;
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
    for (const who of ['volunteer', 'clerk', 'accountant', 'staff', 'auditor']) {
      expect(out).toContain(`${who.padEnd(11)} ${DEMO_PASSWORD}`);
    }
    const signedIn = await fetch(`${address}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address },
      body: JSON.stringify({ username: 'staff', password: DEMO_PASSWORD }),
    });
    expect(signedIn.status).toBe(200);
    child.kill('SIGTERM');
    expect((await exited).code).toBe(0);
  }, 60_000);

  it('of an older version is said to be one, in a sentence, before it is made anew', async () => {
    mkdirSync(folder);
    const made = { state: 'made', format: 1, seed: 'hemeiyuan', estate: 'e', month: '2026-06', people: [] };
    writeFileSync(join(folder, 'demo.json'), JSON.stringify(made));
    const { child, said, exited } = start();
    await said(/正在生成演示数据/);
    child.kill('SIGKILL');
    const { out } = await exited;
    expect(out).toMatch(/^演示数据是别的版本生成的，现在重新生成。$/m);
    expect(out).toMatch(/^The demo was made by another version; it is made anew\.$/m);
  }, 30_000);

  it('never begins in a folder that holds something else, not even with --reset', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'linli.db'), 'somebody’s books');
    const { code, err } = await start('--reset').exited;
    expect(code).toBe(1);
    expect(err).toMatch(/不是演示的文件/);
    expect(err).toMatch(/are not the demo's/);
    expect(readFileSync(join(folder, 'linli.db'), 'utf8')).toBe('somebody’s books');
  }, 30_000);

  it('names its options when it is given one that it does not know', async () => {
    const { code, err } = await start('--rest').exited;
    expect(code).toBe(1);
    expect(err).toMatch(/--reset/);
  }, 30_000);
});

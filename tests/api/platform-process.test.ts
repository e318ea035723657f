/** `npm start` as an operator meets it: its sentences, its exit codes, its stop. Each test is a real process. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtFile } from '../support/built.ts';

const MAIN = builtFile('main');

let folder: string;
const running: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-process-'));
});

afterEach(() => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly exited: Promise<{ code: number | null; out: string; err: string }>;
  /** The printed address. */
  readonly address: Promise<string>;
}

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: join(folder, 'data'),
      PORT: '0',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const address = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /http:\/\/\S+/.exec(out)?.[0];
      if (found !== undefined) resolve(found);
    });
  });
  const exited = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, exited, address };
}

describe('a start that cannot be says why in one sentence of each language, and exits with 1', () => {
  const expectRefusal = async (env: Record<string, string>, zh: RegExp, en: RegExp) => {
    const { code, err } = await start(env).exited;
    expect(err.trim().split('\n'), err).toHaveLength(2);
    expect(err).toMatch(zh);
    expect(err).toMatch(en);
    expect(code).toBe(1);
  };

  it('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    const { port } = other.address() as AddressInfo;
    await expectRefusal({ PORT: String(port) }, /端口 \d+ 已被别的程序占用/, /Port \d+ is in use/);
    other.close();
  });

  it('a data folder that cannot be written', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    await expectRefusal({ DATA_DIR: join(folder, 'a-file', 'data') }, /不能写入/, /cannot be written/);
  });

  it('a data folder that another server works on, until that one has ended, however it ends', async () => {
    const first = start({});
    await first.address;
    await expectRefusal({}, /正由另一个邻里积分程序使用/, /in use by another Linli server/);
    first.child.kill('SIGKILL');
    await first.exited;
    const next = start({});
    expect((await fetch(`${await next.address}/readyz`)).status).toBe(200);
  });

  it('settings that make no sense', () => expectRefusal({ PORT: 'http' }, /PORT/, /PORT must be/));

  it('a weak secret', () => expectRefusal({ LINLI_SECRET: 'secret' }, /LINLI_SECRET 太弱/, /too weak/));

  it("the demo's data, whose passwords are public", async () => {
    writeFileSync(join(folder, 'demo.json'), '{}');
    await expectRefusal({ DATA_DIR: folder }, /演示数据/, /holds the demo/);
  });

  it('a database that does not answer', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    const { port } = other.address() as AddressInfo;
    await new Promise((done) => other.close(done));
    const { code, err } = await start({ DATABASE_URL: `postgres://linli:hunter2@127.0.0.1:${port}/linli` })
      .exited;
    expect(code).toBe(1);
    expect(err).not.toContain('hunter2');
    expect(err.trim().split('\n'), err).toHaveLength(2);
  });
});

it.each(['SIGTERM', 'SIGINT'] as const)('%s stops it in order, with exit code 0', async (signal) => {
  const { child, exited, address } = start({});
  const url = await address;
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  child.kill(signal);
  expect(await exited).toMatchObject({ code: 0, err: '' });
});

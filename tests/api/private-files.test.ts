/** The data folder is for the account that the program runs under: names, phones and sign-ins lie in it. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runLinli } from '../../api/cli/run-linli.ts';
import { openDatabase } from '../../api/db/index.ts';
import { isRefusal, readConfig } from '../../api/platform/index.ts';
import { createServer } from '../../api/server.ts';
import { writeEventfulBook } from '../support/eventful-book.ts';

let top: string;
let folder: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'linli-private-'));
  folder = join(top, 'new', 'data');
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('DATABASE_URL', '');
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(top, { recursive: true, force: true });
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const filesOf = (of: string) =>
  Object.fromEntries(readdirSync(of).map((name) => [name, modeOf(join(of, name))]));

it('a server’s folder, database, the files beside it and the secret are its owner’s alone', async () => {
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  if (isRefusal(config)) throw new Error(config.en);
  const server = await createServer(config, { pages: false });
  if (isRefusal(server)) throw new Error(server.en);
  const files = filesOf(folder);
  await server.stop();
  expect([modeOf(join(top, 'new')), modeOf(folder)]).toEqual(['700', '700']);
  const data = { 'linli.db': '600', 'linli.db-wal': '600', 'linli.db-shm': '600' };
  expect(files).toEqual({ ...data, 'server.lock': '600', secret: '600' });
});

it('a backup is, and what is restored from one, whatever rights the copy was given since', async () => {
  const engine = await openDatabase({ kind: 'sqlite', file: join(folder, 'linli.db') });
  if (engine.kind === 'refused') throw new Error(engine.en);
  await engine.migrate();
  await writeEventfulBook(engine);
  await engine.close();
  const copy = join(top, 'copies', 'monday.db');
  expect(await runLinli(['backup', copy])).toBe(0);
  expect([modeOf(join(top, 'copies')), modeOf(copy)]).toEqual(['700', '600']);
  chmodSync(copy, 0o644);
  vi.stubEnv('DATA_DIR', join(top, 'restored'));
  expect(await runLinli(['restore', copy])).toBe(0);
  expect(filesOf(join(top, 'restored'))).toEqual({ 'linli.db': '600' });
  expect(modeOf(join(top, 'restored'))).toBe('700');
});

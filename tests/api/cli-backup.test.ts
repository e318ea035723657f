/** backup and restore beside a working server: what was acknowledged is in the copy, and the copy gets done. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runLinli } from '../../api/cli/run-linli.ts';
import { connectSqlite } from '../../api/db/index.ts';

let folder: string;
let said: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-backup-'));
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('DATABASE_URL', '');
  said = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  }
  await runLinli(['migrate']);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('a backup is of one moment, however much is written while it is copied', async () => {
  const writer = connectSqlite(join(folder, 'linli.db'), { readonly: false });
  writer.exec('create table padding (bytes blob); create table postings (id integer primary key)');
  // Several steps of the copy, between which others write.
  writer.prepare('insert into padding values (zeroblob(?))').run(16_000_000);
  const copy = join(folder, 'copy.db');
  const backedUp = runLinli(['backup', copy]);
  for (let posted = 0; posted < 50; posted++) {
    writer.exec('insert into postings default values');
    await new Promise((turn) => setImmediate(turn));
  }
  writer.close();
  expect(await backedUp, said).toBe(0);
  const read = connectSqlite(copy, { readonly: true });
  expect(read.prepare('select count(*) as n from postings').get()).toEqual({ n: 0 });
  read.close();
});

it('a data file whose log stands beside it is not restored without what the log holds', async () => {
  const live = join(folder, 'linli.db');
  const copied = join(folder, 'copied.db');
  const writer = connectSqlite(live, { readonly: false });
  writer.exec('create table postings (id integer primary key)');
  for (const suffix of ['', '-wal']) copyFileSync(live + suffix, copied + suffix);
  writer.close();
  const target = join(folder, 'target');
  vi.stubEnv('DATA_DIR', target);
  expect(await runLinli(['restore', copied])).toBe(1);
  expect(said).toContain('-wal');
  expect(existsSync(target) ? readdirSync(target) : []).toEqual([]);
});

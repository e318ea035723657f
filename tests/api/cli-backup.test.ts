/** backup and restore: the same book or none, and beside a working server all that was acknowledged. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connectSqlite } from '../../api/db/index.ts';
import { eachOwnFolder, linli, ONE_SENTENCE_EACH } from '../support/linli-folder.ts';

const folder = eachOwnFolder();

describe('backup and restore', () => {
  const root = async () => /root ([0-9a-f]{64})/.exec((await linli('verify')).out)?.[1];

  it('a backup is checked, restored into an empty folder only, and is the same book', async () => {
    folder.withBook();
    const before = await root();
    const file = join(folder.path, 'copies', 'monday.db');
    const made = await linli('backup', file);
    expect(made).toMatchObject({ exit: 0, out: expect.stringContaining(`root ${before}`) });
    const bytes = readFileSync(file);
    expect(await linli('backup', file)).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/not overwritten/),
    });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(await linli('restore', file)).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/not overwritten/),
    });

    vi.stubEnv('DATA_DIR', join(folder.path, 'new', 'place'));
    expect(await linli('restore', file)).toMatchObject({
      exit: 0,
      out: expect.stringContaining(`root ${before}`),
    });
    expect(await root()).toBe(before);
  });

  it('a backup that was changed is not restored, and nothing is left of it', async () => {
    const file = folder.withBook('bad.db');
    const connection = connectSqlite(file, { readonly: false });
    connection.exec('UPDATE positions SET balance = balance + 1 WHERE balance > 0');
    connection.close();
    const target = join(folder.path, 'target');
    vi.stubEnv('DATA_DIR', target);
    const { exit, err } = await linli('restore', file);
    expect([exit, err]).toEqual([1, expect.stringMatching(ONE_SENTENCE_EACH)]);
    expect(readdirSync(target)).toEqual([]);
  });

  it('what is not a backup is not restored', async () => {
    const [text, foreign] = [join(folder.path, 'text.db'), join(folder.path, 'foreign.db')];
    writeFileSync(text, 'a letter, not a database. '.repeat(400));
    const connection = connectSqlite(foreign, { readonly: false });
    connection.exec('CREATE TABLE recipes (id INTEGER PRIMARY KEY)');
    connection.close();
    const target = join(folder.path, 'target');
    vi.stubEnv('DATA_DIR', target);
    for (const file of [text, foreign, join(folder.path, 'absent.db')]) {
      const { exit, err } = await linli('restore', file);
      expect([exit, err]).toEqual([1, expect.stringMatching(ONE_SENTENCE_EACH)]);
      expect(existsSync(target) ? readdirSync(target) : []).toEqual([]);
    }
  });

  it('says so where the backup cannot be written, and for PostgreSQL', async () => {
    folder.withBook();
    mkdirSync(join(folder.path, 'taken'));
    writeFileSync(join(folder.path, 'file'), '');
    const blocked = await linli('backup', join(folder.path, 'file', 'copy.db'));
    expect([blocked.exit, blocked.err]).toEqual([1, expect.stringMatching(ONE_SENTENCE_EACH)]);
    vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none');
    expect(await linli('backup', join(folder.path, 'x.db'))).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/pg_dump/),
    });
    expect((await linli('verify')).err).toMatch(ONE_SENTENCE_EACH);
  });
});

describe('beside a working server', () => {
  beforeEach(() => linli('migrate'));

  it('a backup is of one moment, however much is written while it is copied', async () => {
    const writer = connectSqlite(join(folder.path, 'linli.db'), { readonly: false });
    writer.exec('create table padding (bytes blob); create table postings (id integer primary key)');
    // Several steps of the copy, between which others write.
    writer.prepare('insert into padding values (zeroblob(?))').run(16_000_000);
    const copy = join(folder.path, 'copy.db');
    const backedUp = linli('backup', copy);
    for (let posted = 0; posted < 50; posted++) {
      writer.exec('insert into postings default values');
      await new Promise((turn) => setImmediate(turn));
    }
    writer.close();
    const { exit, err } = await backedUp;
    expect(exit, err).toBe(0);
    const read = connectSqlite(copy, { readonly: true });
    expect(read.prepare('select count(*) as n from postings').get()).toEqual({ n: 0 });
    read.close();
  });

  it('a data file whose log stands beside it is not restored without what the log holds', async () => {
    const live = join(folder.path, 'linli.db');
    const copied = join(folder.path, 'copied.db');
    const writer = connectSqlite(live, { readonly: false });
    writer.exec('create table postings (id integer primary key)');
    for (const suffix of ['', '-wal']) copyFileSync(live + suffix, copied + suffix);
    writer.close();
    const target = join(folder.path, 'target');
    vi.stubEnv('DATA_DIR', target);
    expect(await linli('restore', copied)).toMatchObject({ exit: 1, err: expect.stringContaining('-wal') });
    expect(existsSync(target) ? readdirSync(target) : []).toEqual([]);
  });
});

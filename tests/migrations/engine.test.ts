import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { connectSqlite, ifStill, isStale, openDatabase } from '../../api/db/index.ts';
import { eachEngine, withPostgres, withSqlite } from '../support/database.ts';

const AT = 1_780_000_000_000;

eachEngine((_name, open) => {
  it('gives back what was written, also to the reader', async () => {
    const { db, reader, tables } = await open();
    const hemei = { id: 1, code: 'hemei', name: '和美苑', createdAt: AT };
    await db.insert(tables.books).values(hemei);
    expect(await reader.select().from(tables.books).where(eq(tables.books.code, 'hemei'))).toEqual([hemei]);
  });

  it('many works that each keep something to themselves may all ask the database for more', async () => {
    const { reader, tables, exclusively } = await open();
    const work = async (): Promise<number> => (await reader.select().from(tables.books)).length;
    const names = Array.from({ length: 25 }, (_, nth) => `estate ${nth}`);
    const done = await Promise.all(names.map((name) => exclusively(name, work)));
    expect(done).toEqual(names.map(() => 0));
  });

  it('goes on after a work that failed, however many did', async () => {
    const { exclusively } = await open();
    const failing = Array.from({ length: 12 }, (_, nth) =>
      exclusively(`estate ${nth}`, () => Promise.reject(new Error('no'))).catch(() => 'failed'),
    );
    expect(new Set(await Promise.all(failing))).toEqual(new Set(['failed']));
    expect(await exclusively('estate 1', () => Promise.resolve('done'))).toBe('done');
  });

  it('writes several rows together', async () => {
    const { db, tables, atomically } = await open();
    await atomically((together) => [
      together.insert(tables.tallies).values({ book: 1, key: 'a', total: 1, entry: 1 }),
      together.update(tables.tallies).set({ total: 2 }).where(eq(tables.tallies.key, 'a')),
    ]);
    expect(await db.select().from(tables.tallies)).toEqual([{ book: 1, key: 'a', total: 2, entry: 1 }]);
  });

  it('writes none of several rows when the last one is refused', async () => {
    const { db, tables, atomically } = await open();
    const row = { book: 1, key: 'a', total: 1, entry: 1 };
    const twice = atomically((together) => [
      together.insert(tables.tallies).values(row),
      together.insert(tables.tallies).values(row),
    ]);
    await expect(twice).rejects.toThrow();
    expect(await db.select().from(tables.tallies)).toEqual([]);
  });

  it.each([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    'keeps the amount %d exactly',
    async (total) => {
      const { db, tables } = await open();
      await db.insert(tables.tallies).values({ book: 1, key: 'a', total, entry: 1 });
      expect((await db.select().from(tables.tallies))[0]?.total).toBe(total);
    },
  );

  it.each([Number.MAX_SAFE_INTEGER + 1, Number.MIN_SAFE_INTEGER - 1])(
    'refuses the amount %d',
    async (total) => {
      const engine = await open();
      const statement = `INSERT INTO tallies (book, key, total, entry) VALUES (1, 'a', ${BigInt(total)}, 1)`;
      const write = async () =>
        engine.kind === 'sqlite' ? engine.sqlite.exec(statement) : engine.pool.query(statement);
      await expect(write()).rejects.toThrow('tallies_total_safe');
    },
  );

  it.each([0.5, 1e20])('refuses the amount %d, which is no whole safe number', async (total) => {
    const { db, tables } = await open();
    const write = async () => db.insert(tables.tallies).values({ book: 1, key: 'a', total, entry: 1 });
    await expect(write()).rejects.toThrow();
    expect(await db.select().from(tables.tallies)).toEqual([]);
  });

  it('a write that came too late is known by its code, whatever language the server speaks', async () => {
    const { db, tables, atomically } = await open();
    const { tallies: t } = tables;
    const row = { book: 1, key: 'tallies.total', total: 1, entry: 1 };
    await db.insert(t).values(row);
    const failed = (write: (together: typeof db) => PromiseLike<unknown>): Promise<unknown> =>
      atomically((together) => [write(together)]).then(
        () => undefined,
        (error: unknown) => error,
      );
    const late = await failed((together) =>
      together.update(t).set({ total: ifStill(eq(t.total, 2), sql`${t.total} + 1`) }),
    );
    for (let cause = late; cause instanceof Error; cause = cause.cause)
      cause.message = cause.message.replace(
        /^null value in .*/,
        '关系"tallies"的"total"列中的空值违反了非空约束',
      );
    expect(isStale(late, { table: 'tallies', column: 'total' })).toBe(true);
    expect(isStale(late, { table: 'tallies', column: 'entry' })).toBe(false);
    const twice = await failed((together) => together.insert(t).values(row));
    expect(twice).toBeInstanceOf(Error);
    expect(isStale(twice, { table: 'tallies', column: 'total' })).toBe(false);
  });

  it('orders texts byte by byte, so a list reads the same on both engines', async () => {
    const { db, tables } = await open();
    const keys = ['a', 'B', 'ä', '和', '-', '_', 'A', '𠮷'];
    await db.insert(tables.tallies).values(keys.map((key) => ({ book: 1, key, total: 0, entry: 1 })));
    const found = await db
      .select({ key: tables.tallies.key })
      .from(tables.tallies)
      .orderBy(tables.tallies.key);
    const bytewise = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(found.map(({ key }) => key)).toEqual(bytewise);
  });
});

describe('Rule 6: acknowledged is on disk', () => {
  it('every SQLite connection, also a reading one, has synchronous = FULL and the other settings', async () => {
    const engine = await withSqlite();
    if (engine.target.kind !== 'sqlite') throw new Error('not SQLite');
    const reader = connectSqlite(engine.target.file, { readonly: true });
    for (const connection of [engine.sqlite, reader]) {
      const setting = (name: string) => connection.pragma(name, { simple: true });
      expect(setting('synchronous')).toBe(2);
      expect(setting('journal_mode')).toBe('wal');
      expect(setting('foreign_keys')).toBe(1);
      expect(setting('recursive_triggers')).toBe(1);
      expect(setting('trusted_schema')).toBe(0);
      expect(setting('busy_timeout')).toBe(5_000);
    }
    expect(engine.sqlite.pragma('wal_autocheckpoint', { simple: true })).toBe(4_000);
    expect(engine.sqlite.pragma('cache_size', { simple: true })).toBe(-16_384);
    const journal = connectSqlite(engine.target.file, { readonly: false, journal: true });
    expect(journal.pragma('cache_size', { simple: true })).toBe(-65_536);
    journal.close();
    expect(() => reader.exec("INSERT INTO books VALUES (1, 'a', 'b', 1)")).toThrow('readonly');
    reader.close();
  });

  it('every PostgreSQL connection commits synchronously, reads what is committed, and waits for nothing for ever', async () => {
    const { pool } = await withPostgres();
    const setting = async (name: string) =>
      (await pool.query<Record<string, string>>(`SHOW ${name}`)).rows[0]?.[name];
    expect(await setting('synchronous_commit')).toBe('on');
    expect(await setting('default_transaction_isolation')).toBe('read committed');
    expect(await setting('statement_timeout')).toBe('30s');
    expect(await setting('lock_timeout')).toBe('10s');
    expect(await setting('idle_in_transaction_session_timeout')).toBe('15s');
    expect(await setting('application_name')).toBe('linli');
  });
});

describe('What cannot be opened is refused in words for the operator', () => {
  it('a folder that cannot be', async () => {
    expect(await openDatabase({ kind: 'sqlite', file: '/dev/null/linli.sqlite' })).toMatchObject({
      kind: 'refused',
      reason: 'unwritable',
    });
  });

  it('a folder that is there but takes no files, not even from root', async () => {
    const opened = await openDatabase({ kind: 'sqlite', file: '/proc/linli.sqlite' });
    expect(opened).toMatchObject({ kind: 'refused', reason: 'unwritable' });
  });

  it('a file that is something else, which stays as it was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-other-'));
    const file = join(folder, 'linli.sqlite');
    writeFileSync(file, '房号,业主\n'.repeat(100));
    const opened = await openDatabase({ kind: 'sqlite', file });
    expect(opened).toMatchObject({ kind: 'refused', reason: 'not-a-database' });
    rmSync(folder, { recursive: true, force: true });
  });

  it('a server that is not there, without its password', async () => {
    const opened = await openDatabase({ kind: 'postgres', url: 'postgres://linli:geheim@127.0.0.1:1/linli' });
    expect(opened).toMatchObject({ kind: 'refused', reason: 'unreachable' });
    expect(JSON.stringify(opened)).toContain('127.0.0.1:1/linli');
    expect(JSON.stringify(opened)).not.toContain('geheim');
  });

  it('a database that the server does not have', async () => {
    const { target } = await withPostgres();
    if (target.kind !== 'postgres') throw new Error('not PostgreSQL');
    const noDatabase = new URL(target.url);
    noDatabase.pathname = '/nowhere';
    expect(await openDatabase({ kind: 'postgres', url: noDatabase.href })).toMatchObject({
      reason: 'unreachable',
    });
  });
});

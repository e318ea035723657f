/** Rule 6: acknowledged means on disk. What each connection says of itself, and what reaches the disk. */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { connectSqlite, type PostgresEngine } from '../../api/db/index.ts';
import { ledgerPool, openLedger, PostgresStore } from '../../api/ledger/index.ts';
import { openForTest, withSqlite } from '../support/database.ts';
import { endWithFile } from '../support/ending.ts';
import { createPostgresDatabase, startPostgres } from '../support/postgres.ts';
import { openingUnits, unitOfKey } from './posting-load.ts';
import { PostingProcess } from './posting-process.ts';

/** PRAGMA synchronous = FULL, as SQLite says it. */
const FULL = 2;
const COMMITS = 40;
const canTrace = spawnSync('strace', ['-o', '/dev/null', process.execPath, '--version']).status === 0;

/** The server of the other tests forgets what it acknowledged; this one is as an operator installs it. */
const server = await startPostgres('durable', { alone: true });
endWithFile(() => server.stop());

async function withDurablePostgres(): Promise<PostgresEngine> {
  const url = await createPostgresDatabase(server);
  const engine = (await openForTest({ kind: 'postgres', url })) as PostgresEngine;
  await engine.migrate();
  return engine;
}

it('rule 6: on SQLite every connection reads back synchronous = FULL, in WAL', async () => {
  const engine = await withSqlite();
  const others = [true, false].map((readonly) => connectSqlite(engine.target.file, { readonly }));
  for (const connection of [engine.sqlite, ...others]) {
    expect(connection.pragma('synchronous', { simple: true })).toBe(FULL);
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
  }
  for (const connection of others) connection.close();
});

it('rule 6: on PostgreSQL every connection reads back synchronous_commit = on, and the server syncs', async () => {
  const engine = await withDurablePostgres();
  const pool = ledgerPool(engine.target.url, 3);
  const clients = await Promise.all([pool, pool, pool, engine.pool].map((from) => from.connect()));
  for (const client of clients) {
    const { rows } = await client.query<{ setting: string }>(
      `select name || ' = ' || setting as setting from pg_settings
      where name in ('synchronous_commit', 'fsync', 'full_page_writes') order by name`,
    );
    const settings = rows.map(({ setting }) => setting);
    expect(settings).toEqual(['fsync = on', 'full_page_writes = on', 'synchronous_commit = on']);
    client.release();
  }
  await pool.end();
});

const HOW = canTrace
  ? 'is a sync call that strace sees'
  : 'is in the write-ahead log (no strace to count sync calls)';

it(`rule 6: on SQLite each of ${COMMITS} commits ${HOW}`, async () => {
  const engine = await withSqlite();
  const ledger = openLedger(engine, { now: Date.now });
  for (const unit of openingUnits()) await ledger.journal.commit(1, unit);
  await ledger.stop();
  await engine.close();
  const { file } = engine.target;
  const trace = join(dirname(file), 'trace');
  const tracer = canTrace ? ['strace', '-f', '-o', trace, '-e', 'trace=fsync,fdatasync'] : [];
  let acknowledged = 0;
  let logged = 0;
  const child = new PostingProcess(engine.target, 'traced', { count: COMMITS, tracer });
  const end = await child.run(() => {
    acknowledged++;
    logged = Math.max(logged, statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  });
  expect([end, acknowledged]).toEqual([0, COMMITS]);
  expect(logged).toBeGreaterThan(COMMITS * 4_096);
  if (canTrace) {
    const syncs = readFileSync(trace, 'utf8').match(/\bf(?:data)?sync\(/g) ?? [];
    expect(syncs.length).toBeGreaterThanOrEqual(COMMITS);
  }
});

it(`rule 6: on PostgreSQL ${COMMITS} commits one after another are as many flushes of its log`, async () => {
  const engine = await withDurablePostgres();
  const pool = ledgerPool(engine.target.url, 1);
  const store = new PostgresStore(pool, new Map());
  await store.commit(1, openingUnits(), Date.now());
  const before = await logSyncs(pool);
  for (let i = 0; i < COMMITS; i++) await store.commit(1, [unitOfKey(`flushed-0-${i}`)], Date.now());
  const syncs = (await logSyncs(pool)) - before;
  await pool.end();
  // The server's own writer comes by a few times a second and may flush for us in passing.
  expect(syncs).toBeGreaterThanOrEqual(COMMITS * 0.9);
});

/** How often the connection's server process has synced the write-ahead log itself. */
async function logSyncs(pool: Pool): Promise<number> {
  await pool.query('select pg_stat_force_next_flush()');
  const { rows } = await pool.query<{ syncs: number }>(
    `select sum(fsyncs)::int as syncs from pg_stat_get_backend_io(pg_backend_pid()) where object = 'wal'`,
  );
  return rows[0]?.syncs ?? 0;
}

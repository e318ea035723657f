/** Several processes on one database, and connections that are lost: what only a real store can show. */
import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import {
  Journal,
  openLedger,
  SqliteThread,
  type LedgerStore,
  type Outcome,
  type Unit,
} from '../../api/ledger/index.ts';
import { startBuiltWorker } from '../support/built.ts';
import { withPostgres, withSqlite } from '../support/database.ts';
import { execute, readBook, select } from '../support/stored-book.ts';
import {
  budget,
  codeOf,
  credit,
  deskOn,
  eachStore,
  newOrder,
  spend,
  storeOn,
  tallyOf,
  unitOf,
} from './store-desk.ts';

function fileOf(engine: Engine): string {
  if (engine.kind !== 'sqlite') throw new Error('SQLite only');
  return engine.target.file;
}

/** A store whose answer is lost once, after everything was written. */
function losingOneAnswer(store: LedgerStore): LedgerStore {
  let lost = false;
  return {
    engine: store.engine,
    dryRun: (...args) => store.dryRun(...args),
    findKey: (...args) => store.findKey(...args),
    commit: async (...args) => {
      const outcomes = await store.commit(...args);
      if (lost) return outcomes;
      lost = true;
      throw new Error('Connection terminated unexpectedly');
    },
  };
}

eachStore((open) => {
  it('rule 6: a commit whose answer was lost is run again, becomes a replay and counts once', async () => {
    const desk = await deskOn(open);
    await desk.post(budget(100));
    const journal = new Journal({ store: losingOneAnswer(desk.store), now: () => desk.now });
    const units = [unitOf(credit('m', 5)), unitOf(spend('m', 50)), unitOf(credit('m', 7))];
    const outcomes = await Promise.all(units.map((unit) => journal.commit(1, unit)));
    expect(outcomes.map((o) => [codeOf(o), o.replayed])).toEqual([
      ['posted', true],
      ['insufficient-points', true],
      ['posted', true],
    ]);
    expect(await desk.available('m')).toBe(12);
    expect((await readBook(desk.engine, 1)).transactions).toHaveLength(3);
  });

  it('two journals on one book stay serial: no number twice, no gap, every chain whole', async () => {
    const desk = await deskOn(open, { batch: 16 });
    const other = new Journal({
      store: storeOn(desk.engine),
      now: () => desk.now - 5_000,
      limits: { batch: 16 },
    });
    await desk.post([budget(10_000), credit('m', 100)]);
    const number = { prefix: 'HM-', pad: 3 };
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, i) => {
        const unit = unitOf(i % 4 === 0 ? spend('m', 3) : credit(`m${i % 9}`, 2), { number });
        return i % 2 ? other.commit(1, unit) : desk.commit(unit);
      }),
    );
    const posted = outcomes.flatMap((o) => (o.status === 'posted' ? [o.answer] : []));
    expect(tallyOf(outcomes)).toEqual({ posted: 183, 'insufficient-points': 17 });
    expect(new Set(posted.map(({ number }) => number)).size).toBe(183);
    expect(await desk.faults()).toEqual([]);
    const [first, ...rest] = (await readBook(desk.engine, 1)).tallies.filter((t) => t.key === 'number:HM-');
    expect([first?.total, rest.length]).toEqual([183, 0]);
  });

  it('the same key sent to two processes at once is one effect', async () => {
    const desk = await deskOn(open);
    const other = new Journal({ store: storeOn(desk.engine), now: () => desk.now });
    await desk.post(budget(100));
    const units = Array.from({ length: 30 }, () => unitOf(credit('m', 1)));
    const pairs = await Promise.all(
      units.map((unit) => Promise.all([desk.commit(unit), other.commit(1, unit)])),
    );
    expect(pairs.every(([a, b]) => a.replayed !== b.replayed)).toBe(true);
    expect(await desk.available('m')).toBe(30);
  });

  it('opens with its engine, posts, answers what it has taken, and stops', async () => {
    const engine = await open();
    const ledger = openLedger(engine, { now: () => 1_000 });
    expect(ledger.store.engine).toBe(engine.kind);
    const taken = ledger.journal.commit(1, unitOf(budget(5)));
    await ledger.stop();
    expect(await taken).toMatchObject({ status: 'posted', answer: { bookedAt: 1_000 } });
    await expect(ledger.journal.commit(1, unitOf(budget(5)))).rejects.toThrow(/stopping/);
    expect((await readBook(engine, 1)).transactions).toHaveLength(1);
  });
});

describe('on SQLite, in a thread', () => {
  it('rule 6: a thread that ends during load is started again; nothing is lost and nothing doubled', async () => {
    const desk = await deskOn(withSqlite);
    await desk.post(budget(100_000));
    const started: Worker[] = [];
    const thread = new SqliteThread(fileOf(desk.engine), new Map(), (data) => {
      const worker = startBuiltWorker(data);
      started.push(worker);
      return worker;
    });
    const journal = new Journal({ store: thread, now: () => desk.now, limits: { batch: 8, attempts: 20 } });
    let next = 0;
    const outcomes: Outcome[] = [];
    const client = async (): Promise<void> => {
      while (next++ < 400) outcomes.push(await journal.commit(1, unitOf(credit(`m${next % 7}`, 1))));
    };
    const clients = Promise.all(Array.from({ length: 32 }, client));
    for (const count of [40, 120, 250]) {
      while (outcomes.length < count) await new Promise((done) => setTimeout(done, 1));
      await started.at(-1)?.terminate();
    }
    await clients;
    await thread.close();
    expect(started).toHaveLength(4);
    expect(tallyOf(outcomes)).toEqual({ posted: 400 });
    const stored = await readBook(desk.engine, 1);
    expect(stored.transactions).toHaveLength(401);
    expect(await desk.faults()).toEqual([]);
  });

  it('answers what it was asked before it closes, and says what the database said', async () => {
    const desk = await deskOn(withSqlite);
    const thread = new SqliteThread(fileOf(desk.engine), new Map(), startBuiltWorker);
    const asked = [unitOf(budget(5)), unitOf(budget(6))].map((unit) => thread.commit(1, [unit], desk.now));
    const unknown = thread.commit(1, [unitOf([], { rows: [newOrder('o')] })], desk.now);
    const said = expect(unknown).rejects.toThrow(/test_orders/);
    await thread.close();
    expect((await Promise.all(asked)).flat().map(codeOf)).toEqual(['posted', 'posted']);
    await said;
  });
});

describe('on PostgreSQL', () => {
  it('a row that two books share takes each version once, though each book has a writer of its own', async () => {
    const desk = await deskOn(withPostgres);
    const books = [2, 3].map((book) => ({
      book,
      journal: new Journal({ store: storeOn(desk.engine), now: () => 0 }),
    }));
    await desk.post([], { rows: [newOrder('shared')] });
    let version = 1;
    for (let round = 0; round < 15; round++) {
      const change = (): Unit =>
        unitOf([], { rows: [{ update: 'test_orders', id: 'shared', version, set: { status: 'taken' } }] });
      const outcomes = await Promise.all(
        books.flatMap(({ book, journal }) => [
          journal.commit(book, change()),
          journal.commit(book, change()),
        ]),
      );
      expect(tallyOf(outcomes)).toEqual({ posted: 1, 'version-conflict': 3 });
      version++;
    }
    expect(await desk.orders()).toMatchObject([{ version: 16 }]);
  });

  it('dry runs and key look-ups neither wait for the writer of their book nor hold it up', async () => {
    const desk = await deskOn(withPostgres);
    await desk.post([budget(100), credit('m', 10)]);
    const engine = desk.engine;
    if (engine.kind !== 'postgres') throw new Error('PostgreSQL only');
    const holder = await engine.pool.connect();
    try {
      await holder.query('begin');
      await holder.query('select pg_advisory_xact_lock(1)');
      expect(codeOf(await desk.journal.dryRun(1, unitOf(spend('m', 4))))).toBe('posted');
      expect(await desk.journal.find(1, { scope: 'desk', key: 'nobody' })).toBeUndefined();
      const waiting = desk.commit(unitOf(spend('m', 4)));
      const other = await desk.commit(unitOf(budget(1)), 2);
      expect(codeOf(other)).toBe('posted');
      expect(await Promise.race([waiting.then(() => 'written'), soon()])).toBe('still waiting');
      await holder.query('rollback');
      expect(codeOf(await waiting)).toBe('posted');
    } finally {
      holder.release();
    }
  });

  it('rule 6: backends that are killed during load lose nothing and double nothing', async () => {
    const desk = await deskOn(withPostgres, { batch: 8 });
    await desk.post([budget(100_000), credit('m', 1_000)]);
    const outcomes: Outcome[] = [];
    let next = 0;
    const client = async (): Promise<void> => {
      while (next < 400) {
        next++;
        outcomes.push(await desk.commit(unitOf(spend('m', 2))));
      }
    };
    const loading = Promise.all(Array.from({ length: 24 }, client));
    let killed = 0;
    for (let kill = 0; kill < 12 && outcomes.length < 400; kill++) {
      // Some progress, then a little longer each time, so that kills fall on every stage of a batch.
      const before = outcomes.length;
      while (outcomes.length === before && outcomes.length < 400) await pause(1);
      await pause(kill % 6);
      const gone = await select<{ gone: boolean }>(
        desk.engine,
        `select pg_terminate_backend(pid) as gone from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
      );
      killed += gone.length;
    }
    await loading;
    expect(killed).toBeGreaterThan(5);
    expect(tallyOf(outcomes)).toEqual({ posted: 400 });
    expect(await desk.available('m')).toBe(200);
    expect(await desk.faults()).toEqual([]);
  });

  it('reads by keys alone, however young and unanalysed a table is', async () => {
    const desk = await deskOn(withPostgres);
    await desk.post([budget(100_000), credit('m', 1_000)]);
    const statistics = `select seq_scan::int as scans, relname as name from pg_stat_user_tables
      where relname in ('keys', 'accounts', 'assets', 'positions', 'tallies', 'transactions', 'entries', 'holds')`;
    const hold = {
      do: 'hold',
      hold: 'h',
      member: 'm',
      redeemer: 'M',
      take: { points: 9, unit: 'VOL' },
      terms: { '*': { mode: 'stocked' } },
    } as const;
    await desk.post({ ...hold, endsAt: desk.now + 1_000 });
    const { transactions } = await desk.post(spend('m', 2));
    const stranger = storeOn(desk.engine);
    await stranger.commit(
      1,
      [
        unitOf([
          { do: 'refund', of: transactions[0] ?? 0 },
          { do: 'return', hold: 'h' },
        ]),
      ],
      desk.now,
    );
    await execute(desk.engine, 'select pg_stat_force_next_flush()');
    const scanned = (await select<{ scans: number; name: string }>(desk.engine, statistics)).filter(
      (t) => t.scans > 0,
    );
    expect(scanned).toEqual([]);
  });
});

async function soon(): Promise<string> {
  await pause(100);
  return 'still waiting';
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

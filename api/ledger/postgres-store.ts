/**
 * The ledger on PostgreSQL: an advisory lock makes one writer of all processes on a book, everything of a batch is one
 * READ COMMITTED database transaction, and its waits are three: begin with lock and first load, a second load where
 * the first one showed what else is needed, the writes with commit. Hand-written SQL stands only in the two stores.
 */
import type { Pool, PoolClient, QueryResult } from 'pg';
import type { Instant } from './core/amount.ts';
import type { Key, Outcome, Unit } from './core/command.ts';
import { Directory } from './core/directory.ts';
import { planBatch, type BatchPlan } from './core/plan.ts';
import { State, type Head, type StoredKey } from './core/state.ts';
import { appendBatch } from './postgres-append.ts';
import { KeyLookups } from './postgres-key-lookups.ts';
import { Load } from './postgres-load.ts';
import { lookUpHead } from './postgres-lookups.ts';
import { pipelined, statement, type Query } from './postgres-queries.ts';
import { MAX_ROUNDS, type LedgerStore, type RowTables } from './store.ts';

type Planned = { state: State; plan: BatchPlan; versions: ReadonlyMap<string, number> };

/** By itself, before any other: the statements after it see all that the batch before has written. */
const LOCK = statement('select pg_advisory_xact_lock($1)');
/** One snapshot for all rounds and no lock: a dry run neither waits for the writer nor holds it up. */
const BEGIN_DRY = 'begin isolation level repeatable read read only';

export class PostgresStore implements LedgerStore {
  readonly engine = 'postgres';
  readonly #pool: Pool;
  readonly #rowTables: RowTables;
  readonly #keys: KeyLookups;
  readonly #directories = new Map<number, Directory>();

  /** Connections of the pool must be pipelining ones (see `ledgerPool`). */
  constructor(pool: Pool, rowTables: RowTables) {
    this.#pool = pool;
    this.#rowTables = rowTables;
    this.#keys = new KeyLookups(pool);
  }

  commit(book: number, units: readonly Unit[], now: Instant): Promise<Outcome[]> {
    return this.#connected(async (client) => {
      const lock: Query = { statement: LOCK, values: [book] };
      const planned = await this.#plan(client, book, units, now, ['begin', lock]);
      await this.#write(client, planned);
      this.#remember(planned.state);
      return outcomesOf(planned.plan);
    });
  }

  dryRun(book: number, units: readonly Unit[], now: Instant): Promise<Outcome[]> {
    return this.#connected(async (client) => {
      const { plan } = await this.#plan(client, book, units, now, [BEGIN_DRY]);
      await client.query('rollback');
      return outcomesOf(plan);
    });
  }

  findKey(book: number, key: Key): Promise<StoredKey | undefined> {
    return this.#keys.find(book, key);
  }

  /** A connection on which anything failed is given up: what state it is in is not worth the guess. */
  async #connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async #plan(
    client: PoolClient,
    book: number,
    units: readonly Unit[],
    now: Instant,
    opening: readonly (Query | string)[],
  ): Promise<Planned> {
    const state = new State(book, unknownHead(now), this.#directory(book));
    const versions = new Map<string, number>();
    // Planned once on nothing: what it misses is known before the database is asked at all.
    planBatch(units, state);
    const head = lookUpHead(state, now);
    let before: readonly (Query | string)[] = [...opening, head.query];
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const { needs } = state;
      state.reset();
      const load = new Load(state, needs, this.#rowTables, versions);
      const results: QueryResult[] = await pipelined(client, [...before, ...load.queries]);
      const headResult = round === 0 ? results[opening.length] : undefined;
      if (headResult) head.take(headResult);
      await load.finish(client, results.slice(before.length));
      before = [];
      const plan = planBatch(units, state);
      if (state.needs.count === 0) return { state, plan, versions };
    }
    throw new Error('planning did not converge');
  }

  async #write(client: PoolClient, { state, plan, versions }: Planned): Promise<void> {
    const writes = appendBatch(state, plan, this.#rowTables, versions);
    // Whether rows were still as read must be known before the commit; without such rows it goes along.
    const mustCount = state.changedRows().some(({ inserted }) => !inserted);
    if (mustCount) await pipelined(client, writes);
    const results = await pipelined(client, mustCount ? ['commit'] : thenCommit(writes));
    // PostgreSQL answers the commit of a failed database transaction with ROLLBACK, and calls that no error.
    if (results.at(-1)?.command !== 'COMMIT') throw new Error('the batch was rolled back');
  }

  /** Only what is committed may be remembered: ids of a batch that was rolled back are given again. */
  #remember(state: State): void {
    const { accounts, assets } = state.opened();
    for (const account of accounts) state.directory.addAccount(account);
    for (const asset of assets) state.directory.addAsset(asset);
  }

  #directory(book: number): Directory {
    let directory = this.#directories.get(book);
    if (!directory) this.#directories.set(book, (directory = new Directory()));
    return directory;
  }
}

function* thenCommit(writes: Iterable<Query>): Generator<Query | string> {
  yield* writes;
  yield 'commit';
}

function unknownHead(now: Instant): Head {
  return { seq: 0, bookedAt: now, entry: 0, tally: 0, account: 0, asset: 0 };
}

function outcomesOf(plan: BatchPlan): Outcome[] {
  return plan.units.map(({ outcome }) => {
    if (!outcome) throw new Error('a unit was left without an outcome');
    return outcome;
  });
}

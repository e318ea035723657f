/** A desk in front of a real store: a journal over a fresh database with one table of its own for rows. */
import { describe, onTestFinished } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import {
  Journal,
  type Answer,
  type Command,
  type Lane,
  type LedgerStore,
  type Outcome,
  type Unit,
} from '../../api/ledger/index.ts';
import type { JournalLimits } from '../../api/ledger/journal.ts';
import { withPostgres, withSqlite } from '../support/database.ts';
import { createOrders, openStore, readOrders, type Order } from '../support/order-rows.ts';
import { MORNING, unitOf } from '../support/sample-units.ts';
import { faultsOf, readBook } from '../support/stored-book.ts';

export * from '../support/sample-units.ts';

const threaded = new WeakSet<Engine>();

async function withThread(): Promise<Engine> {
  const engine = await withSqlite();
  threaded.add(engine);
  return engine;
}

/** Declares the same tests for every store: on PostgreSQL, and on SQLite as the tools and as the server write it. */
export function eachStore(declare: (open: () => Promise<Engine>) => void): void {
  describe('on SQLite', () => declare(withSqlite));
  describe('on SQLite, in a thread', () => declare(withThread));
  describe('on PostgreSQL', () => declare(withPostgres));
}

/** A store of its own on an opened engine, as another process would have; it ends with the test. */
export function storeOn(engine: Engine): LedgerStore {
  const { store, close } = openStore(engine, { thread: threaded.has(engine) });
  onTestFinished(close);
  return store;
}

export async function deskOn(
  open: () => Promise<Engine>,
  limits: Partial<JournalLimits> = {},
): Promise<StoreDesk> {
  const engine = await open();
  await createOrders(engine);
  return new StoreDesk(engine, limits);
}

export class StoreDesk {
  readonly engine: Engine;
  readonly store: LedgerStore;
  readonly journal: Journal;
  now = MORNING;

  constructor(engine: Engine, limits: Partial<JournalLimits> = {}) {
    this.engine = engine;
    this.store = storeOn(engine);
    this.journal = new Journal({ store: this.store, now: () => this.now, limits });
  }

  commit(unit: Unit, book = 1, lane: Lane = 'interactive'): Promise<Outcome> {
    return this.journal.commit(book, unit, lane);
  }

  /** Posts what must succeed. */
  async post(commands: Command | readonly Command[], more: Partial<Unit> = {}, book = 1): Promise<Answer> {
    const outcome = await this.commit(unitOf(commands, more), book);
    if (outcome.status === 'refused') throw new Error(JSON.stringify(outcome.refusal));
    return outcome.answer;
  }

  /** The code of the refusal, or 'posted'. */
  async verdict(commands: Command | readonly Command[], more: Partial<Unit> = {}, book = 1): Promise<string> {
    return codeOf(await this.commit(unitOf(commands, more), book));
  }

  async available(member: string, book = 1): Promise<number> {
    const stored = await readBook(this.engine, book);
    const entries = stored.transactions.flatMap((t) => t.entries);
    const last = entries.findLast((e) => e.account.owner === member && e.account.role === 'available');
    return last?.balanceAfter ?? 0;
  }

  orders(): Promise<Order[]> {
    return readOrders(this.engine);
  }

  async faults(book = 1): Promise<string[]> {
    return faultsOf(await readBook(this.engine, book));
  }
}

export function codeOf(outcome: Outcome): string {
  return outcome.status === 'refused' ? outcome.refusal.code : 'posted';
}

/** How often each verdict was given. */
export function tallyOf(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[codeOf(outcome)] = (counts[codeOf(outcome)] ?? 0) + 1;
  return counts;
}

export function newOrder(id: string, more: Readonly<Record<string, string | number | null>> = {}) {
  return { insert: 'test_orders', values: { id, status: 'open', confirmed: 0, voucher: null, ...more } };
}

/**
 * One history on both engines at once: equal answers, equal rows, equal canonical bytes, hence one root; each engine
 * forgets what it knows at other times. Beside them a third gets the units of each moment in other parts: what is still
 * in a batch and what was loaded again must come to the same, but for the numbers that accounts get.
 */
import assert from 'node:assert/strict';
import type { Engine } from '../../api/db/index.ts';
import type { LedgerStore, Outcome, Unit } from '../../api/ledger/index.ts';
import { rootOf } from '../../api/ledger/proof/merkle.ts';
import { createOrders, openStore, readOrders } from '../support/order-rows.ts';
import { faultsOf, imageOf, readBook, type StoredBook } from '../support/stored-book.ts';
import type { History } from './differential-history.ts';
import { historyComplaints, complaints, storedLedger } from './ledger-equations.ts';

export const BOOK = 1;

/** Fresh, migrated databases. `inOtherParts` is on either engine. */
export type Sides = { sqlite: Engine; postgres: Engine; inOtherParts: Engine };

/** A store that forgets all it knows when it is opened again. */
class Side {
  readonly engine: Engine;
  #opened: ReturnType<typeof openStore>;

  constructor(engine: Engine) {
    this.engine = engine;
    this.#opened = openStore(engine);
  }

  get store(): LedgerStore {
    return this.#opened.store;
  }

  async forget(): Promise<void> {
    await this.close();
    this.#opened = openStore(this.engine);
  }

  close(): Promise<void> {
    return this.#opened.close();
  }
}

/**
 * Plays at least so many units of a history on all sides, and throws at the first answer that is not the same. After each
 * moment it says how many units it has played.
 */
export async function playSideBySide(
  history: History,
  engines: Sides,
  units: number,
  onMoment: (done: number) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const all = [engines.sqlite, engines.postgres, engines.inOtherParts];
  for (const engine of all) await createOrders(engine);
  const sides = all.map((engine) => new Side(engine));
  const [sqlite, postgres, inOtherParts] = sides as [Side, Side, Side];
  try {
    let done = 0;
    for (let moment = history.opening(); done < units; moment = history.moment()) {
      const part = 1 + history.below(moment.length);
      const outcomes = await sqlite.store.commit(BOOK, moment, history.now);
      const others = await postgres.store.commit(BOOK, moment, history.now);
      assert.deepEqual(others, outcomes, `PostgreSQL answers otherwise after ${done} units`);
      const again = await inParts(inOtherParts.store, moment, part, history.now);
      assert.deepEqual(again, outcomes, `parts of ${part} answer otherwise after ${done} units`);
      history.learn(moment, outcomes);
      done += moment.length;
      if (history.below(150) === 0) await sqlite.forget();
      if (history.below(150) === 0) await postgres.forget();
      await onMoment(done);
    }
  } finally {
    for (const side of sides) await side.close();
  }
}

/** The same units at the same instant, in batches of their own. */
async function inParts(store: LedgerStore, units: Unit[], part: number, now: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < units.length; from += part) {
    outcomes.push(...(await store.commit(BOOK, units.slice(from, from + part), now)));
  }
  return outcomes;
}

/** Throws unless the books are row by row the same, chained, and true to the equations of the ledger. */
export async function assertSameBooks({ sqlite, postgres, inOtherParts }: Sides): Promise<{ root: string }> {
  const stored = await readBook(sqlite, BOOK);
  const copy = await readBook(postgres, BOOK);
  assertSameLines('what is stored', imageOf(copy), imageOf(stored));
  const root = rootOfBook(stored);
  assert.equal(rootOfBook(copy), root, 'the root');
  assert.deepEqual(faultsOf(copy), []);
  const orders = [await ordersOf(sqlite), await ordersOf(postgres)] as const;
  assertSameLines('the rows beside the ledger', orders[1], orders[0]);
  const balances = [balancesOf(stored), balancesOf(await readBook(inOtherParts, BOOK))] as const;
  assertSameLines('the balances in other parts', balances[1], balances[0]);
  const ledger = storedLedger(BOOK, stored);
  assert.deepEqual([...complaints(ledger), ...historyComplaints(ledger)], []);
  return { root };
}

/** Long lists: only the first line that differs is worth reading. */
function assertSameLines(what: string, lines: readonly string[], expected: readonly string[]): void {
  const at = expected.findIndex((line, i) => line !== lines[i]);
  if (at >= 0) assert.equal(lines[at], expected[at], `${what}, line ${at + 1}`);
  assert.equal(lines.length, expected.length, `${what}: lines`);
}

async function ordersOf(engine: Engine): Promise<string[]> {
  const orders = await readOrders(engine);
  return orders.map((order) => JSON.stringify({ ...order, confirmed: Boolean(order.confirmed) }));
}

function rootOfBook({ transactions }: StoredBook): string {
  return rootOf(transactions.map((t) => Buffer.from(t.hash, 'hex'))).toString('hex');
}

/** What every position stands at, by names. */
function balancesOf({ transactions }: StoredBook): string[] {
  const balances = new Map<string, number>();
  for (const { entries } of transactions) {
    for (const e of entries) balances.set(`${e.account.key} ${e.asset.key}`, e.balanceAfter);
  }
  return [...balances].map(([position, balance]) => `${position} ${balance}`).sort();
}

/**
 * One history on both engines: equal answers, equal rows, equal canonical bytes, hence one root; each engine forgets what
 * it knows at other times. Beside them a third gets the units of each moment in other parts: what is still in a batch
 * and what was loaded again must come to the same, but for the numbers that accounts get.
 */
import { expect, it } from 'vitest';
import type { LedgerStore, Outcome, Unit } from '../../api/ledger/index.ts';
import { rootOf } from '../../api/ledger/proof/merkle.ts';
import { deskOn, storeOn, type StoreDesk } from '../contract/store-desk.ts';
import { withPostgres, withSqlite } from '../support/database.ts';
import { faultsOf, imageOf, readBook, type StoredBook } from '../support/stored-book.ts';
import { History } from './differential-history.ts';

const UNITS = 10_000;
const seed = Number(process.env['LINLI_SEED'] ?? Date.now() % 1_000_000_007);

/** What random units reach for sure, or the history would compare less than it seems to. */
const REACHED = `open post budget award release reject credit hold capture return spend refund clawback expire pay row replay
  insufficient-points hold-not-found hold-ended hold-exceeded award-not-found award-settled reversal-exceeded not-reversible
  overpaid not-yet-expired month-closed cap-exceeded already-done version-conflict key-reused value-not-reachable`;

it(`${UNITS} random units give the same bytes on SQLite and PostgreSQL (LINLI_SEED=${seed})`, async () => {
  const history = new History(seed);
  const sqlite = await deskOn(withSqlite);
  const postgres = await deskOn(withPostgres);
  const inOtherParts = await deskOn(withSqlite);
  let [one, other] = [sqlite.store, postgres.store];
  let done = 0;
  for (let units = history.opening(); done < UNITS; units = history.moment()) {
    const part = 1 + history.below(units.length);
    const outcomes = await one.commit(1, units, history.now);
    expect(await other.commit(1, units, history.now)).toEqual(outcomes);
    expect(await inParts(inOtherParts.store, units, part, history.now)).toEqual(outcomes);
    history.learn(units, outcomes);
    done += units.length;
    if (history.below(150) === 0) one = storeOn(sqlite.engine);
    if (history.below(150) === 0) other = storeOn(postgres.engine);
  }
  const reached = new Set([...history.posted.keys(), ...history.refused.keys()]);
  expect(REACHED.split(/\s+/).filter((what) => !reached.has(what))).toEqual([]);
  const [stored, copy] = [await readBook(sqlite.engine, 1), await readBook(postgres.engine, 1)];
  expect(imageOf(copy)).toEqual(imageOf(stored));
  expect(rootOfBook(copy)).toBe(rootOfBook(stored));
  expect(faultsOf(copy)).toEqual([]);
  expect(await ordersOf(postgres)).toEqual(await ordersOf(sqlite));
  expect(balancesOf(await readBook(inOtherParts.engine, 1))).toEqual(balancesOf(stored));
});

/** The same units at the same instant, in batches of their own. */
async function inParts(store: LedgerStore, units: Unit[], part: number, now: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < units.length; from += part) {
    outcomes.push(...(await store.commit(1, units.slice(from, from + part), now)));
  }
  return outcomes;
}

async function ordersOf(desk: StoreDesk): Promise<unknown[]> {
  return (await desk.orders()).map((order) => ({ ...order, confirmed: Boolean(order.confirmed) }));
}

function rootOfBook({ transactions }: StoredBook): string {
  return rootOf(transactions.map((t) => Buffer.from(t.hash, 'hex'))).toString('hex');
}

/** What every position stands at, by names. */
function balancesOf({ transactions }: StoredBook): Map<string, number> {
  const entries = transactions.flatMap((t) => t.entries);
  return new Map(entries.map((e) => [`${e.account.key} ${e.asset.key}`, e.balanceAfter]));
}

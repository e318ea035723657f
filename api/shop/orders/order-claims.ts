/** For the ledger's `verify`: what an order repeats of its hold, and of the step that ended it. */
import { and, gte, inArray, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { namesOfNoBook, type ClaimedPoints, type ClaimSource, type RowClaims } from '../../ledger/index.ts';
import { isOfBook } from '../../places/index.ts';
import type { Order } from './orders.ts';

const ORDER = { zh: '订单', en: 'order' };
const MONTH = { zh: '本月收分', en: 'points of the month' };

const SETTLED: Readonly<Record<Order['state'], readonly string[]>> = {
  placed: [],
  // The last pick-up, or calling off what was left after one.
  collected: ['capture', 'return'],
  cancelled: ['return'],
  expired: ['return'],
};

type Claimed = Awaited<ReturnType<typeof readOrders>>[number];

/** With what its pick-ups took and what its first lines cost: an order repeats the sums of both. */
function readOrders({ reader, tables }: Engine, which: SQL | undefined, limit: number) {
  const { orders: t, redemptions: r, orderLines: l } = tables;
  const pickedUp = sql`select sum(${r.points}) from ${r} where ${r.ofOrder} = ${t.id}`;
  const ordered = sql`select sum(${l.points} * ${l.quantity}) from ${l} where ${l.ofOrder} = ${t.id} and ${l.insteadOf} is null`;
  const number = (sum: SQL) => sql<number>`cast(coalesce((${sum}), 0) as bigint)`.mapWith(Number);
  return reader
    .select({
      ...{ id: t.id, place: t.place, member: t.member, unit: t.unit, points: t.points, state: t.state },
      ...{ pointsTaken: t.pointsTaken, takenKey: t.takenKey },
      ...{ holdTransaction: t.holdTransaction, settledTransaction: t.settledTransaction },
      ...{ pickedUp: number(pickedUp), ordered: number(ordered) },
    })
    .from(t)
    .where(which)
    .limit(limit);
}

/** Where the order's own rows do not add up, no points of the ledger are what it says. */
function heldFor({ unit, points, pointsTaken, pickedUp, ordered }: Claimed): ClaimedPoints {
  if (ordered !== points) return { unreadable: `${points} / ${ordered}` };
  return pickedUp === pointsTaken ? { [unit]: points } : { unreadable: `${pointsTaken} / ${pickedUp}` };
}

function orderClaims(row: Claimed): RowClaims {
  const { id, place, member, unit, points, pointsTaken, state, takenKey } = row;
  const { holdTransaction, settledTransaction } = row;
  const kinds = SETTLED[state];
  const settled = {
    ...{ transaction: settledTransaction, kinds, hold: id },
    ...(!kinds.includes('capture') && { moves: { [unit]: points - pointsTaken } }),
  };
  return {
    ...{ what: ORDER, id, place, member },
    made: {
      ...{ transaction: holdTransaction, kinds: ['hold'], moves: heldFor(row), hold: id },
      ...(takenKey !== null && { counters: [{ key: takenKey, amount: points, what: MONTH }] }),
    },
    later: kinds.length > 0 || settledTransaction !== null ? [settled] : [],
  };
}

const ALL = 1_000_000;

export const ordersAsClaimed: ClaimSource = {
  kinds: ['hold', 'capture', 'return'],
  async between(engine, { from, to, limit }) {
    const { orders: t } = engine.tables;
    const held = and(gte(t.holdTransaction, from), lte(t.holdTransaction, to));
    const settled = and(gte(t.settledTransaction, from), lte(t.settledTransaction, to));
    return (await readOrders(engine, or(held, settled), limit)).map(orderClaims);
  },
  async behind(engine, { ids, made }) {
    const { orders: t } = engine.tables;
    const meant = or(inArray(t.id, [...ids]), inArray(t.holdTransaction, [...made]));
    return (await readOrders(engine, meant, ALL)).map(orderClaims);
  },
  async unmade(engine, { book, books, limit }) {
    const { orders: t } = engine.tables;
    const none = and(namesOfNoBook(t.holdTransaction, books), isOfBook(engine, t.place, book));
    return (await readOrders(engine, none, limit)).map(orderClaims);
  },
};

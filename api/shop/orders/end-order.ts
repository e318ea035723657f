/** An order that comes to nothing, or to no more: what is still held and kept goes back, to the member and to the shelf. */
import { and, asc, eq, lte } from 'drizzle-orm';
import { actedByOf, byConsent } from '../../identity/index.ts';
import { findPosted, post, untilFresh, type Posted } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorText,
  isProblem,
  problem,
  type Actor,
  type Instant,
  type Problem,
} from '../../platform/index.ts';
import { roomAgain } from '../goods/sold-lines.ts';
import { moveStock } from '../stock/move-stock.ts';
import { findOrder, leftOf, linesOf, type Order, type OrderLine } from './orders.ts';

/** Says when and by whom. */
export function endedProblem({ state, settledAt, settledBy }: Order): Problem {
  const time = new Date((settledAt ?? 0) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  const by = (settledBy ?? '').slice(-4);
  const done = {
    collected: {
      zh: `已于 ${time} 取走，经手人尾号 ${by}`,
      en: `Picked up at ${time}, handed over by …${by}`,
    },
    cancelled: { zh: `已于 ${time} 取消`, en: `Called off at ${time}` },
    expired: { zh: `过期没有取，已于 ${time} 退回`, en: `Not fetched in time; given back at ${time}` },
    placed: undefined,
  }[state];
  return problem('order-ended', done ? { detail: done } : {});
}

/** The unit's part that gives all back that waits. What was picked up before stays so. */
function endingOf(
  { ids }: Pick<ProductDeps, 'ids'>,
  order: Order,
  {
    lines,
    state,
    by,
    reason,
    now,
  }: {
    lines: readonly OrderLine[];
    state: 'cancelled' | 'expired';
    by: string;
    reason: string | null;
    now: number;
  },
) {
  const id = ids();
  const { place, points, pointsTaken, takenKey } = order;
  const waiting = lines.filter((line) => leftOf(line) > 0);
  const back = waiting.flatMap((line) =>
    line.kind === 'goods'
      ? [{ place, goods: line.goods, kind: 'released' as const, free: leftOf(line), kept: -leftOf(line) }]
      : [],
  );
  const moved = moveStock(back, { ids, unit: id, about: order.id, by, now });
  const given = points - pointsTaken;
  return {
    id,
    place,
    commands: [{ do: 'return' as const, hold: order.id }],
    tallies: [
      ...moved.tallies,
      ...roomAgain(waiting.map((line) => ({ limitKey: line.limitKey, quantity: leftOf(line) }))),
      ...(takenKey === null ? [] : [{ key: takenKey, add: -given, min: 0 }]),
    ],
    rows: [
      {
        update: 'orders',
        id: order.id,
        version: order.version,
        set: {
          ...{
            state: pointsTaken > 0 && state === 'cancelled' ? 'collected' : state,
            reason,
            settled_by: by,
          },
          proposal: null,
          settled_at: { planned: 'bookedAt' as const },
          settled_transaction: { planned: 'transaction' as const },
        },
      },
      ...waiting.map((line) => ({
        update: 'order_lines',
        id: line.id,
        version: line.version,
        set: { released: line.released + leftOf(line) },
      })),
      ...moved.rows,
    ],
  };
}

type Ending = { order: string; reason: string | null; actor: Actor; key: string; scope: string };

/** By the member until it is picked up, or by the shop, which says why. */
export function cancelOrder(deps: ProductDeps, input: Ending): Promise<Posted | Problem> {
  return untilFresh(() => cancelOnce(deps, input));
}

async function cancelOnce(
  deps: ProductDeps,
  { order: id, reason, actor, key, scope }: Ending,
): Promise<Posted | Problem> {
  const { engine, clock } = deps;
  const order = await findOrder(engine, id);
  const book = order && (await deps.places.bookOf(order.place));
  if (!order || book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['cancel-order', id, reason] };
  const before = await findPosted(deps, ask);
  if (before) return before;
  if (order.state !== 'placed') return endedProblem(order);
  const now = clock();
  const consent = await byConsent(engine, actedByOf(actor), now);
  if (isProblem(consent)) return consent;
  const lines = await linesOf(engine, id);
  const unit = endingOf(deps, order, { lines, state: 'cancelled', by: actorText(actor), reason, now });
  return post(deps, ask, { actor, ...unit, rows: [...unit.rows, ...consent] });
}

const AT_ONCE = 200;

/** The longest due first; as many as one turn takes. */
export async function endedOrders(
  { db, tables: { orders: t } }: Pick<ProductDeps['engine'], 'db' | 'tables'>,
  now: Instant,
): Promise<Order[]> {
  return db
    .select()
    .from(t)
    .where(and(eq(t.state, 'placed'), lte(t.endsAt, now)))
    .orderBy(asc(t.endsAt), asc(t.id))
    .limit(AT_ONCE);
}

/** Orders that nobody fetched in time, of all shops. Resumable, each under its own key. */
export async function releaseEndedOrders(
  deps: ProductDeps,
  signal?: AbortSignal,
): Promise<{ released: number; failed: number }> {
  const { engine, clock } = deps;
  const done = { released: 0, failed: 0 };
  const failed = new Set<string>();
  while (!signal?.aborted) {
    const ended = await endedOrders(engine, clock());
    const some = ended.filter(({ id }) => !failed.has(id));
    for (const order of some) {
      const posted = await releaseOne(deps, order);
      if (isProblem(posted)) failed.add(order.id);
      else done.released += 1;
    }
    if (some.length === 0 || ended.length < AT_ONCE) break;
  }
  return { ...done, failed: failed.size };
}

async function releaseOne(deps: ProductDeps, order: Order): Promise<Posted | Problem> {
  const { engine, clock, places } = deps;
  const book = await places.bookOf(order.place);
  if (book === undefined) return problem('not-found');
  const ask = { book, scope: `job:${order.place}`, key: `order-ended:${order.id}`, request: order.id };
  const lines = await linesOf(engine, order.id);
  const of = { lines, state: 'expired' as const, by: 'system', reason: null, now: clock() };
  return post(deps, ask, { actor: 'system', source: 'job', lane: 'bulk', ...endingOf(deps, order, of) });
}

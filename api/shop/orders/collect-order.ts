/**
 * A pick-up: what is handed over is captured out of the hold, and leaves the stock, in one step. What is left stays kept
 * for the member or is given back, as the clerk says. A pick-up is a redemption like any other at this counter.
 */
import { findPosted, post, untilFresh, type Posted, type RowChange, type Tally } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import { roomAgain, soldRows } from '../goods/sold-lines.ts';
import { merged, sumOf, wordsOf } from '../rules/basket.ts';
import { GOODS_LENGTH } from '../shop.schemas.ts';
import { moveStock, type StockMove } from '../stock/move-stock.ts';
import { endedProblem } from './end-order.ts';
import { findOrder, leftOf, linesOf, type Order, type OrderLine } from './orders.ts';

export type PickUp = {
  order: string;
  /** All that waits where nothing is said. */
  lines?: readonly { line: string; quantity: number }[] | undefined;
  rest: 'keep' | 'release';
  /** Somebody else came with the code. */
  byProxy: boolean;
  /** Why no code was shown, said by whoever manages the shop; null where it was. */
  withoutCode: string | null;
};
type Asked = { input: PickUp; actor: Actor; key: string; scope: string };

/** Of many tills that confirm one order at once, one does; the others hear when, and by whom. */
export function collectOrder(deps: ProductDeps, asked: Asked): Promise<Posted | Problem> {
  return untilFresh(() => collectOnce(deps, asked));
}

type Handed = { line: OrderLine; quantity: number };

async function collectOnce(
  deps: ProductDeps,
  { input, actor, key, scope }: Asked,
): Promise<Posted | Problem> {
  const { engine, clock, ids } = deps;
  // The lines first: an order that is read later says that it has ended, where its lines are gone meanwhile.
  const stored = await linesOf(engine, input.order);
  const order = await findOrder(engine, input.order);
  const book = order && (await deps.places.bookOf(order.place));
  if (!order || book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['collect-order', input] };
  const before = await findPosted(deps, ask);
  if (before) return before;
  if (order.state !== 'placed') return endedProblem(order);
  if (order.proposal !== null) return problem('substitution-waits');
  // Nobody hands their own order over to themselves.
  if (actor.kind === 'person' && actor.person === order.member) return problem('second-person-needed');
  const handed = handedOf(stored, input);
  if (isProblem(handed)) return handed;
  const given = handed.filter(({ quantity }) => quantity > 0);
  const { points, yuanFen } = sumOf(given.map(({ line, quantity }) => ({ ...line, quantity })));
  const rest = handed.map(({ line, quantity }) => ({ line, quantity: leftOf(line) - quantity }));
  const isLast = input.rest === 'release' || rest.every(({ quantity }) => quantity === 0);
  const back = isLast ? rest : [];
  const [id, now, by] = [ids(), clock(), actorText(actor)];
  const { place, member, unit } = order;
  const moved = moveStock(movesOf(place, { given, back }), { ids, unit: id, about: order.id, by, now });
  const lines = given.map(({ line, quantity }) => ({ ...line, quantity }));
  return post(deps, ask, {
    id,
    actor,
    place,
    commands: [{ do: 'capture', hold: order.id, points, final: isLast }],
    tallies: [...moved.tallies, ...backTallies(order, { points, back, isLast })],
    rows: [
      orderRow(order, { points, by, isLast }),
      ...handed.flatMap(({ line, quantity }): RowChange[] => lineRow(line, { quantity, isLast })),
      {
        insert: 'redemptions',
        values: {
          ...{ id, place, member, points, unit, yuan_fen: yuanFen, code: id, clerk: by, state: 'taken' },
          goods: wordsOf(lines, GOODS_LENGTH),
          ...{ of_order: order.id, by_proxy: input.byProxy ? 1 : 0, created_at: now },
          without_code: input.withoutCode,
          transaction: { planned: 'transaction' },
        },
      },
      ...soldRows(ids, { sale: id, lines }),
      ...moved.rows,
    ],
  });
}

/** How much of each line that waits is handed over. */
function handedOf(lines: readonly OrderLine[], { lines: said }: PickUp): Handed[] | Problem {
  const waiting = lines.filter((line) => leftOf(line) > 0);
  if (said === undefined) return waiting.map((line) => ({ line, quantity: leftOf(line) }));
  const wanted = new Map(said.map(({ line, quantity }) => [line, quantity]));
  const isKnown = [...wanted.keys()].every((id) => waiting.some((line) => line.id === id));
  const handed = waiting.map((line) => ({ line, quantity: wanted.get(line.id) ?? 0 }));
  const isTooMany = handed.some(({ line, quantity }) => quantity > leftOf(line));
  if (!isKnown || isTooMany || handed.every(({ quantity }) => quantity === 0)) return tooMany;
  return handed;
}

const tooMany = problem('invalid-input', {
  fields: [
    { field: 'lines', zh: '取货的数量不能超过还没取的', en: 'No more can be handed over than still waits' },
  ],
});

function movesOf(
  place: string,
  { given, back }: { given: readonly Handed[]; back: readonly Handed[] },
): StockMove[] {
  const shelved = ({ line, quantity }: Handed): boolean => line.kind === 'goods' && quantity > 0;
  return [
    ...given.filter(shelved).map(({ line: { goods }, quantity }) => ({
      ...{ place, goods, kind: 'collected' as const, free: 0, kept: -quantity },
    })),
    ...back.filter(shelved).map(({ line: { goods }, quantity }) => ({
      ...{ place, goods, kind: 'released' as const, free: quantity, kept: -quantity },
    })),
  ];
}

/** What the last step gives back counts no more: against limits, and against the shop's month. */
function backTallies(
  { points: held, pointsTaken, takenKey }: Order,
  { points, back, isLast }: { points: number; back: readonly Handed[]; isLast: boolean },
): Tally[] {
  const given = held - pointsTaken - points;
  const month = isLast && given > 0 && takenKey !== null ? [{ key: takenKey, add: -given, min: 0 }] : [];
  return merged([
    ...month,
    ...roomAgain(back.map(({ line, quantity }) => ({ limitKey: line.limitKey, quantity }))),
  ]);
}

function orderRow(
  { id, version, pointsTaken }: Order,
  { points, by, isLast }: { points: number; by: string; isLast: boolean },
): RowChange {
  const ended = {
    state: 'collected',
    settled_by: by,
    settled_at: { planned: 'bookedAt' as const },
    settled_transaction: { planned: 'transaction' as const },
  };
  const set = { points_taken: pointsTaken + points, ...(isLast ? ended : {}) };
  return { update: 'orders', id, version, set };
}

function lineRow(line: OrderLine, { quantity, isLast }: { quantity: number; isLast: boolean }): RowChange[] {
  const { id, version, taken } = line;
  const released = isLast ? line.released + leftOf(line) - quantity : line.released;
  if (quantity === 0 && released === line.released) return [];
  return [{ update: 'order_lines', id, version, set: { taken: taken + quantity, released } }];
}

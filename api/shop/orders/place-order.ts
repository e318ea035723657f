/** An order: the points are held and the goods set aside in one step, at the prices that the member saw. */
import { actedByOf, byConsent, hasDied, type IdentityDeps } from '../../identity/index.ts';
import { findPosted, post, untilFresh, type Posted, type RowChange } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import {
  addDays,
  dayOf,
  endOfDay,
  monthlyCapFor,
  monthOf,
  takenKey,
  termsFor,
} from '../../programme/index.ts';
import { basketRefusal, priceBasket, type Basket, type Wanted } from '../goods/price-basket.ts';
import { soldLine } from '../goods/sold-lines.ts';
import { moveStock } from '../stock/move-stock.ts';
import { hashesOfPickUp } from './pick-up-code.ts';

export type OrderDeps = ProductDeps & Pick<IdentityDeps, 'identity'>;
type Asked = {
  input: { place: string; member: string; lines: readonly Wanted[] };
  actor: Actor;
  key: string;
  scope: string;
};

export function placeOrder(
  deps: OrderDeps,
  asked: Asked,
): Promise<{ order: string; posted: Posted } | Problem> {
  return untilFresh(() => placeOnce(deps, asked));
}

async function placeOnce(
  deps: OrderDeps,
  { input, actor, key, scope }: Asked,
): Promise<{ order: string; posted: Posted } | Problem> {
  const { engine, places, clock, ids } = deps;
  const { place, member, lines } = input;
  const book = await places.bookOf(place);
  if (book === undefined || !(await places.booksOf(member)).has(book)) return problem('not-found');
  const ask = { book, scope, key, request: ['place-order', input] };
  const before = await findPosted(deps, ask);
  if (before) return doneOf(await basketRefusal(engine, before));
  if (await hasDied(engine, member)) return problem('not-found');
  const now = clock();
  const actedBy = actedByOf(actor);
  const [terms, cap, basket, consent] = await Promise.all([
    termsFor(engine, { redeemer: place, at: now }),
    monthlyCapFor(engine, { redeemer: place, at: now }),
    priceBasket(deps, { place, book, member, lines, now }),
    byConsent(engine, actedBy, now),
  ]);
  if (isProblem(basket)) return basket;
  if (isProblem(consent)) return consent;
  if (Object.keys(terms).length === 0) return problem('terms-missing');
  const id = ids();
  const { unit, points } = basket;
  const endsAt = keptUntil(basket, now);
  const taken = cap === undefined ? null : takenKey({ redeemer: place, unit, month: monthOf(now) });
  const aside = basket.lines.flatMap(({ goods, quantity }) =>
    goods.kind === 'goods'
      ? [{ place, goods: goods.id, kind: 'reserved' as const, free: -quantity, kept: quantity }]
      : [],
  );
  const moved = moveStock(aside, { ids, unit: id, about: id, by: actorText(actor), now });
  const order: RowChange = {
    insert: 'orders',
    values: {
      ...{ id, place, member, unit, points, points_taken: 0, state: 'placed' },
      ...hashesOfPickUp(deps, id),
      ...{ taken_key: taken, ends_at: endsAt, created_at: now },
      hold_transaction: { planned: 'transaction' },
      acted_by: actedBy && JSON.stringify(actedBy),
    },
  };
  const posted = await post(deps, ask, {
    id,
    actor,
    place,
    commands: [{ do: 'hold', hold: id, member, redeemer: place, take: { points, unit }, endsAt, terms }],
    tallies: [
      ...basket.tallies,
      ...moved.tallies,
      ...(taken === null || cap === undefined ? [] : [{ key: taken, add: points, max: cap }]),
    ],
    rows: [order, ...lineRows(ids, { order: id, basket }), ...moved.rows, ...consent],
  });
  return doneOf(await basketRefusal(engine, posted));
}

/** To the end of the day, of what is kept least. */
function keptUntil({ lines }: Basket, now: number): number {
  return endOfDay(addDays(dayOf(now), Math.min(...lines.map(({ goods }) => goods.keepDays))));
}

function lineRows(ids: OrderDeps['ids'], of: { order: string; basket: Basket }): RowChange[] {
  return of.basket.lines.map((priced) => {
    const { yuanFen, limitKey, ...line } = soldLine(priced);
    const counted = { taken: 0, released: 0, yuan_fen: yuanFen, limit_key: limitKey };
    return { insert: 'order_lines', values: { id: ids(), of_order: of.order, ...line, ...counted } };
  });
}

function doneOf(posted: Posted | Problem): { order: string; posted: Posted } | Problem {
  return isProblem(posted) ? posted : { order: posted.unit, posted };
}

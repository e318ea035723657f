/**
 * Something else in the place of what is not there: the shop proposes it, for no more points nor yuan, and only the
 * member (or a relative who may act for them) agrees. Then the shelf changes at once; what it costs less goes back at the
 * pick-up.
 */
import { actedByOf, byConsent } from '../../identity/index.ts';
import { findPosted, post, untilFresh, type Posted, type Tally } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import { basketRefusal, priceBasket } from '../goods/price-basket.ts';
import { roomAgain } from '../goods/sold-lines.ts';
import { merged } from '../rules/basket.ts';
import { moveStock, type StockMove } from '../stock/move-stock.ts';
import { endedProblem } from './end-order.ts';
import { findOrder, leftOf, linesOf, type Order, type OrderLine, type Proposal } from './orders.ts';

type Asked = { order: string; actor: Actor; key: string; scope: string };
type Wanted = { line: string; goods: string; price: string; quantity: number };

export function proposeSubstitute(
  deps: ProductDeps,
  asked: Asked & { input: Wanted },
): Promise<Posted | Problem> {
  return untilFresh(() => proposeOnce(deps, asked));
}

async function proposeOnce(
  deps: ProductDeps,
  { order: id, input, actor, key, scope }: Asked & { input: Wanted },
): Promise<Posted | Problem> {
  const { engine, places, clock } = deps;
  const lines = await linesOf(engine, id);
  const order = await findOrder(engine, id);
  const book = order && (await places.bookOf(order.place));
  if (!order || book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['propose-substitute', id, input] };
  const before = await findPosted(deps, ask);
  if (before) return before;
  if (order.state !== 'placed') return endedProblem(order);
  if (order.proposal !== null) return problem('substitution-waits');
  const line = lines.find((one) => one.id === input.line && leftOf(one) > 0);
  if (!line) return problem('not-found');
  const { place, member } = order;
  const { goods, price, quantity } = input;
  const now = clock();
  const basket = await priceBasket(deps, {
    ...{ place, book, member, now },
    lines: [{ goods, price, quantity }],
  });
  if (isProblem(basket)) return basket;
  const [instead] = basket.lines;
  if (!instead || basket.unit !== order.unit || goods === line.goods) return notThat;
  const left = leftOf(line);
  if (basket.points > line.points * left || basket.yuanFen > line.yuanFen * left) return tooDear;
  const proposal: Proposal = {
    ...{ line: line.id, goods, price, quantity, name: instead.name, kind: instead.goods.kind },
    ...{ points: instead.points, yuanFen: instead.yuanFen, by: actorText(actor) },
  };
  return post(deps, ask, {
    actor,
    place,
    commands: [],
    // Said by a counter, so that the proposal is a step of the ledger that can be asked about.
    tallies: [{ key: `proposals:${id}`, add: 1 }],
    rows: [{ update: 'orders', id, version: order.version, set: { proposal: JSON.stringify(proposal) } }],
  });
}

const notThat = problem('invalid-input', {
  fields: [
    { field: 'goods', zh: '请选另一件用同种积分的商品', en: 'Choose another one for the same points' },
  ],
});
const tooDear = problem('invalid-input', {
  fields: [
    {
      field: 'goods',
      zh: '换的商品，积分和要付的钱都不能比原来的多',
      en: 'It must cost neither more points nor more yuan than before',
    },
  ],
});

/** The member's word. A proposal that was taken back, or goods that ran out meanwhile, change nothing. */
export function answerSubstitute(
  deps: ProductDeps,
  asked: Asked & { agree: boolean },
): Promise<Posted | Problem> {
  return untilFresh(() => answerOnce(deps, asked));
}

async function answerOnce(
  deps: ProductDeps,
  { order: id, agree, actor, key, scope }: Asked & { agree: boolean },
): Promise<Posted | Problem> {
  const { engine, places, clock } = deps;
  const order = await findOrder(engine, id);
  const book = order && (await places.bookOf(order.place));
  if (!order || book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['answer-substitute', id, agree] };
  const before = await findPosted(deps, ask);
  if (before) return basketRefusal(engine, before);
  if (order.state !== 'placed') return endedProblem(order);
  if (order.proposal === null) return problem('already-done');
  const now = clock();
  const consent = await byConsent(engine, actedByOf(actor), now);
  if (isProblem(consent)) return consent;
  const unit = deps.ids();
  const swap = agree ? await swapOf(deps, { order, book, unit, by: actorText(actor), now }) : declined(id);
  if (isProblem(swap)) return swap;
  const posted = await post(deps, ask, {
    id: unit,
    actor,
    place: order.place,
    commands: [],
    tallies: swap.tallies,
    rows: [
      { update: 'orders', id, version: order.version, set: { proposal: null } },
      ...swap.rows,
      ...consent,
    ],
  });
  return basketRefusal(engine, posted);
}

function declined(order: string): { tallies: Tally[]; rows: [] } {
  return { tallies: [{ key: `proposals:${order}`, add: 1 }], rows: [] };
}

async function swapOf(
  deps: ProductDeps,
  of: { order: Order; book: number; unit: string; by: string; now: number },
) {
  const { ids, engine } = deps;
  const { order, book, unit, by, now } = of;
  const said = order.proposal;
  const line = (await linesOf(engine, order.id)).find((one) => one.id === said?.line);
  if (!said || !line) return problem('not-found');
  const { place, member } = order;
  const { goods, price, quantity } = said;
  const basket = await priceBasket(deps, {
    ...{ place, book, member, now },
    lines: [{ goods, price, quantity }],
  });
  if (isProblem(basket)) return basket;
  const left = leftOf(line);
  const moved = moveStock(swapMoves(place, { line, said }), { ids, unit, about: order.id, by, now });
  const limitKey = basket.lines[0]?.limitKey ?? null;
  const { points, yuanFen, name, kind } = said;
  return {
    tallies: merged([
      { key: `proposals:${order.id}`, add: 1 },
      ...basket.tallies,
      ...roomAgain([{ limitKey: line.limitKey, quantity: left }]),
      ...moved.tallies,
    ]),
    rows: [
      {
        update: 'order_lines',
        id: line.id,
        version: line.version,
        set: { released: line.released + left },
      },
      {
        insert: 'order_lines',
        values: {
          ...{ id: ids(), of_order: order.id, goods, price, name, points, kind, quantity },
          ...{ yuan_fen: yuanFen, limit_key: limitKey, taken: 0, released: 0, instead_of: line.id },
        },
      },
      ...moved.rows,
    ],
  };
}

function swapMoves(place: string, { line, said }: { line: OrderLine; said: Proposal }): StockMove[] {
  const { goods, quantity } = said;
  const left = leftOf(line);
  return [
    ...(line.kind === 'goods'
      ? [{ place, goods: line.goods, kind: 'released' as const, free: left, kept: -left }]
      : []),
    ...(said.kind === 'goods'
      ? [{ place, goods, kind: 'reserved' as const, free: -quantity, kept: quantity }]
      : []),
  ];
}

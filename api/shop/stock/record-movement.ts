/** What comes onto a shelf and what leaves it beside sales: deliveries, what came back, what broke, what went to another outlet. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { findPosted, post, type Posted } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, mayAt, problem, type Actor, type Problem } from '../../platform/index.ts';
import { keeperProblem } from '../goods/change-goods.ts';
import { basketRefusal } from '../goods/price-basket.ts';
import { findGoods, type Goods } from '../goods/find-goods.ts';
import { moveStock, type StockMove } from './move-stock.ts';

/** Who puts goods on a shelf and takes them off; staff, where the community stocks the shop. */
export const AT_SHELF = ['clerk', 'merchant_manager', 'staff'] as const;

type Asked = { goods: string; actor: Actor; key: string; scope: string };
export type Recorded = { kind: 'delivery' | 'returned' | 'damaged'; quantity: number; reason: string };

export function recordMovement(
  deps: ProductDeps,
  { input, ...asked }: Asked & { input: Recorded },
): Promise<Posted | Problem> {
  const { kind, quantity, reason } = input;
  const free = kind === 'damaged' ? -quantity : quantity;
  return moved(deps, asked, ['record-movement', asked.goods, input], ({ id: goods, place }) => [
    { place, goods, kind, free, kept: 0, reason },
  ]);
}

/** To the same goods of another outlet; both shelves move in one step. */
export async function moveToOutlet(
  deps: ProductDeps,
  { input, ...asked }: Asked & { input: { to: string; quantity: number; reason: string } },
): Promise<Posted | Problem> {
  const { quantity, reason } = input;
  const found = await findGoods(deps.engine, input.to);
  const isOurs = found && (await mayAt(asked.actor, AT_SHELF, found.place, deps.places));
  const to = isOurs ? found : undefined;
  if (to && (to.kind === 'service' || to.id === asked.goods)) return noShelf('to');
  return moved(deps, asked, ['move-to-outlet', asked.goods, input], (from) => {
    if (!to) return problem('not-found');
    const move = { kind: 'moved' as const, kept: 0, reason };
    return [
      { ...move, place: from.place, goods: from.id, free: -quantity },
      { ...move, place: to.place, goods: to.id, free: quantity },
    ];
  });
}

const noShelf = (field: string): Problem =>
  problem('invalid-input', {
    fields: [{ field, zh: '请选一件有库存的商品', en: 'Choose a goods that has a stock' }],
  });

async function moved(
  deps: ProductDeps,
  { goods: id, actor, key, scope }: Asked,
  request: unknown,
  movesOf: (goods: Goods) => StockMove[] | Problem,
): Promise<Posted | Problem> {
  const { engine, places } = deps;
  const goods = await findGoods(engine, id);
  const book = goods && (await places.bookOf(goods.place));
  if (!goods || book === undefined) return problem('not-found');
  const ask = { book, scope, key, request };
  const before = await findPosted(deps, ask);
  if (before) return basketRefusal(engine, before);
  const wrong = await keeperProblem(deps, { place: goods.place, actor, who: ['clerk', 'merchant_manager'] });
  if (wrong) return wrong;
  if (goods.kind === 'service') return noShelf('kind');
  const moves = movesOf(goods);
  if (!Array.isArray(moves)) return moves;
  const unit = deps.ids();
  const posted = await post(deps, ask, {
    ...{ id: unit, actor, place: goods.place, commands: [] },
    ...moveStock(moves, { ids: deps.ids, unit, by: actorText(actor), now: deps.clock() }),
  });
  return basketRefusal(engine, posted);
}

/** A goods' movements, or all of a shop, the newest first. */
export async function listMovements(
  { reader, tables: { stockMovements: t } }: Engine,
  { before, limit, ...of }: ({ goods: string } | { place: string }) & { before?: string; limit: number },
) {
  const whose = 'goods' in of ? eq(t.goods, of.goods) : eq(t.place, of.place);
  return reader
    .select()
    .from(t)
    .where(and(whose, before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}

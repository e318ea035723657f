/** Every query about goods, stock and orders that a screen or a job sends finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { findGoods, listGoods, pricesAt, pricesOf, stockOf } from '../../api/shop/goods/find-goods.ts';
import { shopsWithGoods } from '../../api/shop/goods/shelf.routes.ts';
import { soldIn } from '../../api/shop/goods/sold-lines.ts';
import { endedOrders } from '../../api/shop/orders/end-order.ts';
import { ordersAsClaimed } from '../../api/shop/orders/order-claims.ts';
import { findOrder, linesOf, ordersAt, ordersOfMember, pickUpsOf } from '../../api/shop/orders/orders.ts';
import { resolvePickUp } from '../../api/shop/orders/pick-up-code.ts';
import { listMovements } from '../../api/shop/stock/record-movement.ts';
import { stockAsClaimed } from '../../api/shop/stock/stock-claims.ts';
import { countsOf, findStocktaking, listStocktakings } from '../../api/shop/stock/take-stock.ts';
import { redemptionsAsClaimed } from '../../api/shop/sale-claims.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

const [BOOK, place] = [1, uuid()];
let watch: QueryWatch;
let watched: Engine;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
});

const page = { place, limit: 20, before: uuid() };
const range = { from: 1, to: 9, limit: 20 };
const names = { place, sort: 'name' as const, limit: 20, after: { value: '鸡蛋', id: uuid() } };
const scan = (isTyped: boolean) => resolvePickUp(watched, { place, scan: { hash: 'x', isTyped } });

const reads: Record<string, () => Promise<unknown>> = {
  'one goods': () => findGoods(watched, uuid()),
  'goods by name': () => listGoods(watched, names),
  'the newest goods on sale, by a word': () =>
    listGoods(watched, { place, sort: 'newest', limit: 20, words: '鸡', state: 'on' }),
  'what runs out': () => listGoods(watched, { ...names, low: { book: BOOK } }),
  'prices of the moment': () => pricesAt(watched, [uuid(), uuid()], 1),
  'prices of a goods': () => pricesOf(watched, uuid()),
  'what is there': () => stockOf(watched, { book: BOOK, goods: [uuid()] }),
  'shops that have anything': () => shopsWithGoods(watched, { books: [BOOK], after: '', limit: 20 }),
  'what was sold': () => soldIn(watched, uuid()),
  'movements of a goods': () => listMovements(watched, { goods: uuid(), limit: 20, before: uuid() }),
  'movements of a shop': () => listMovements(watched, page),
  'a stocktaking': () => findStocktaking(watched, uuid()),
  'its counts': () => countsOf(watched, uuid()),
  stocktakings: () => listStocktakings(watched, page),
  'an order': () => findOrder(watched, uuid()),
  'its lines': () => linesOf(watched, uuid()),
  'its pick-ups': () => pickUpsOf(watched, uuid()),
  'orders of a member': () => ordersOfMember(watched, { member: uuid(), limit: 20, before: uuid() }),
  'orders of a shop': () => ordersAt(watched, { ...page, state: 'placed' }),
  'orders that ended': () => endedOrders(watched, 1),
  'an order by its digits': () => scan(true),
  'an order by its code': () => scan(false),
  'what orders claim': () => ordersAsClaimed.between(watched, range),
  'what stock claims': () => stockAsClaimed.between(watched, range),
  'what redemptions claim': () => redemptionsAsClaimed.between(watched, range),
};

// Movements of a range of transactions are put in their order once more: those of one unit belong together.
describe('of goods', () => eachReadByAnIndex(() => watch, reads, ['what stock claims']));

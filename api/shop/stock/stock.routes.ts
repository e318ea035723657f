/** A shop's stock: deliveries, breakage, other outlets, movements. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../../identity/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  parsePage,
  problem,
  refuse,
  route,
} from '../../platform/index.ts';
import { findGoods, offered } from '../goods/find-goods.ts';
import { SEES_GOODS } from '../goods/goods.routes.ts';
import { GoodsParams, GoodsSchema } from '../goods/goods.schemas.ts';
import { goodsView } from '../goods/goods.views.ts';
import { MerchantParams } from '../shop.schemas.ts';
import { AT_SHELF, listMovements, moveToOutlet, recordMovement } from './record-movement.ts';
import * as examples from './stock.examples.ts';
import * as schemas from './stock.schemas.ts';
import { stockTable } from './stock-table.ts';
import { movementView } from './stock.views.ts';

const STOCK_PROBLEMS = [
  'not-allowed',
  'out-of-stock',
  'changed-meanwhile',
  'month-closed',
  'invalid-input',
] as const;

export const stockRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const placeOfGoods = async (c: Context): Promise<string | undefined> =>
    (await findGoods(engine, c.req.param('goods') ?? ''))?.place;
  const oneOf = async (id: string) => {
    const goods = await findGoods(engine, id);
    const book = goods && (await places.bookOf(goods.place));
    if (!goods || book === undefined) return undefined;
    const [one] = await offered(engine, { book, goods: [goods], at: clock() });
    return one && goodsView(one);
  };
  const byOf = async (c: Context) => ({
    actor: actorOf(c),
    key: idempotencyKeyOf(c),
    scope: keyScope(actorOf(c), await placeOfGoods(c)),
  });

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/goods/{goods}/movements',
        summary: '进货、退回、报损 · Deliveries, returns and breakage',
        access: { who: AT_SHELF, at: placeOfGoods },
        movesPoints: true,
        request: { params: GoodsParams, body: json(schemas.NewMovementSchema) },
        responses: { 201: answer(GoodsSchema, '商品 · Goods') },
        problems: STOCK_PROBLEMS,
        example: examples.recordMovement,
      }),
      async (c) => {
        const { goods } = c.req.valid('param');
        const { reason = '', ...said } = c.req.valid('json');
        const done = await recordMovement(deps, { goods, input: { ...said, reason }, ...(await byOf(c)) });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await oneOf(goods);
        return one ? c.json(one, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/goods/{goods}/outlet-moves',
        summary: '调到另一家店 · Move to another outlet',
        access: { who: AT_SHELF, at: placeOfGoods },
        movesPoints: true,
        request: { params: GoodsParams, body: json(schemas.MoveSchema) },
        responses: { 201: answer(GoodsSchema, '商品 · Goods') },
        problems: STOCK_PROBLEMS,
        example: examples.moveToOutlet,
      }),
      async (c) => {
        const { goods } = c.req.valid('param');
        const { reason = '', ...said } = c.req.valid('json');
        const done = await moveToOutlet(deps, { goods, input: { ...said, reason }, ...(await byOf(c)) });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await oneOf(goods);
        return one ? c.json(one, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/goods/{goods}/movements',
        summary: '一件商品的库存变动 · Stock movements of a goods',
        access: { who: SEES_GOODS, at: placeOfGoods },
        request: { params: GoodsParams, query: schemas.MovementsQuerySchema },
        responses: { 200: answer(schemas.MovementsSchema, '库存变动 · Movements') },
        problems: ['not-found'],
        example: examples.movementsOfGoods,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listMovements(engine, {
          ...{ goods: c.req.valid('param').goods, limit: page.limit + 1 },
          ...(page.after && { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const items = await Promise.all(cut.items.map((row) => movementView(engine, row)));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/stock-movements',
        summary: '本店的库存变动 · Stock movements of a shop',
        access: { who: SEES_GOODS, at: (c) => c.req.param('place') },
        request: { params: MerchantParams, query: schemas.MovementsQuerySchema },
        responses: { 200: answer(schemas.MovementsSchema, '库存变动 · Movements') },
        problems: ['not-found'],
        example: examples.movementsOfShop,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listMovements(engine, {
          ...{ place: c.req.valid('param').place, limit: page.limit + 1 },
          ...(page.after && { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const items = await Promise.all(cut.items.map((row) => movementView(engine, row)));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/stock/file',
        summary: '下载商品和库存 · Goods and stock as a file',
        access: { who: SEES_GOODS, at: (c) => c.req.param('place') },
        request: { params: MerchantParams, query: FormatQuery },
        responses: tableAnswer,
        example: examples.stockFile,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const book = (await places.bookOf(place)) ?? 0;
        const rows = stockTable(engine, { place, book, at: clock() });
        const of = { subject: 'stock', place, format: c.req.valid('query').format, name: '商品和库存' };
        return giveTable(deps, c, { ...of, rows, widths: [24, 12, 10, 10, 10, 10, 10, 10, 10, 20] });
      },
    );
};

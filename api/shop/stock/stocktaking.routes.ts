/** 盘点: count, confirm by another, or drop. */
import type { Context } from 'hono';
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
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  type Actor,
} from '../../platform/index.ts';
import { SEES_GOODS } from '../goods/goods.routes.ts';
import { MerchantParams } from '../shop.schemas.ts';
import { AT_SHELF } from './record-movement.ts';
import * as examples from './stocktaking.examples.ts';
import * as schemas from './stock.schemas.ts';
import { countView, stocktakingView } from './stock.views.ts';
import {
  confirmStocktaking,
  countsOf,
  countStock,
  dropStocktaking,
  findStocktaking,
  listStocktakings,
} from './take-stock.ts';

const DECIDING = [
  'not-allowed',
  'stocktaking-decided',
  'counted-again',
  'out-of-stock',
  'changed-meanwhile',
  'month-closed',
  'invalid-input',
] as const;

export const stocktakingRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const placeOf = async (c: Context): Promise<string | undefined> =>
    (await findStocktaking(engine, c.req.param('stocktaking') ?? ''))?.place;
  const oneOf = async (id: string, actor: Actor) => {
    const row = await findStocktaking(engine, id);
    if (!row) return undefined;
    const counts = (await countsOf(engine, id)).map(countView);
    return { ...(await stocktakingView(engine, row, actor)), counts };
  };
  const decidingOf = async (c: Context) => {
    const actor = actorOf(c);
    return { actor, key: idempotencyKeyOf(c), scope: keyScope(actor, await placeOf(c)) };
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/merchants/{place}/stocktakings',
        summary: '盘点：记下点到的数 · Count the stock',
        access: { who: AT_SHELF, at: (c) => c.req.param('place') },
        request: { params: MerchantParams, body: json(schemas.NewStocktakingSchema) },
        responses: { 201: answer(schemas.StocktakingSchema, '盘点 · Stocktaking') },
        problems: ['not-allowed', 'not-found', 'invalid-input'],
        example: examples.countStock,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const { note = '', counts } = c.req.valid('json');
        const done = await countStock(deps, { input: { place, note, counts }, actor: actorOf(c) });
        if (isProblem(done)) return refuse(c, done);
        const one = await oneOf(done.stocktaking, actorOf(c));
        return one ? c.json(one, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/stocktakings',
        summary: '本店的盘点 · Stocktakings of a shop',
        access: { who: SEES_GOODS, at: (c) => c.req.param('place') },
        request: { params: MerchantParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.StocktakingsSchema, '盘点 · Stocktakings') },
        example: examples.listStocktakings,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listStocktakings(engine, {
          ...{ place: c.req.valid('param').place, limit: page.limit + 1 },
          ...(page.after && { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const items = await Promise.all(cut.items.map((row) => stocktakingView(engine, row, actorOf(c))));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/stocktakings/{stocktaking}',
        summary: '一次盘点 · One stocktaking',
        access: { who: SEES_GOODS, at: placeOf },
        request: { params: schemas.StocktakingParams },
        responses: { 200: answer(schemas.StocktakingSchema, '盘点 · Stocktaking') },
        problems: ['not-found'],
        example: examples.oneStocktaking,
      }),
      async (c) => {
        const one = await oneOf(c.req.valid('param').stocktaking, actorOf(c));
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/stocktakings/{stocktaking}/confirm',
        summary: '确认盘点，库存改成点到的数 · Confirm a stocktaking',
        access: { who: AT_SHELF, at: placeOf },
        movesPoints: true,
        request: { params: schemas.StocktakingParams, body: json(schemas.DecisionSchema) },
        responses: { 200: answer(schemas.StocktakingSchema, '盘点 · Stocktaking') },
        problems: [...DECIDING, 'second-person-needed'],
        example: examples.confirmStocktaking,
      }),
      async (c) => {
        const { stocktaking } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        const done = await confirmStocktaking(deps, { stocktaking, reason, ...(await decidingOf(c)) });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await oneOf(stocktaking, actorOf(c));
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/stocktakings/{stocktaking}/drop',
        summary: '作废盘点 · Drop a stocktaking',
        access: { who: AT_SHELF, at: placeOf },
        movesPoints: true,
        request: { params: schemas.StocktakingParams, body: json(schemas.DecisionSchema) },
        responses: { 200: answer(schemas.StocktakingSchema, '盘点 · Stocktaking') },
        problems: DECIDING,
        example: examples.dropStocktaking,
      }),
      async (c) => {
        const { stocktaking } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        const done = await dropStocktaking(deps, { stocktaking, reason, ...(await decidingOf(c)) });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await oneOf(stocktaking, actorOf(c));
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    );
};

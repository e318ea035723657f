/** What a shop gives for points: its list, one of it, and what is changed of it. */
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
  parseInstant,
  parsePage,
  problem,
  refuse,
  route,
} from '../../platform/index.ts';
import { nameOfActor } from '../../programme/index.ts';
import { fenOf } from '../counter.routes.ts';
import { MerchantParams } from '../shop.schemas.ts';
import { addGoods, changeGoods, setPrice } from './change-goods.ts';
import { findGoods, listGoods, offered, pricesOf, type Goods } from './find-goods.ts';
import * as examples from './goods.examples.ts';
import * as schemas from './goods.schemas.ts';
import { goodsView, priceView } from './goods.views.ts';

/** Who keeps a shop's shelves; staff, where the community stocks it. */
export const KEEPERS = ['merchant_manager', 'staff'] as const;
export const SEES_GOODS = ['clerk', 'merchant_manager', 'staff', 'operator', 'auditor'] as const;
const CHANGE_PROBLEMS = ['not-allowed', 'changed-meanwhile', 'month-closed', 'invalid-input'] as const;

export const goodsRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const placeOfGoods = async (c: Context): Promise<string | undefined> =>
    (await findGoods(engine, c.req.param('goods') ?? ''))?.place;
  const shown = async (rows: readonly Goods[], place: string) => {
    const book = (await places.bookOf(place)) ?? 0;
    return offered(engine, { book, goods: rows, at: clock() });
  };
  const oneOf = async (id: string) => {
    const goods = await findGoods(engine, id);
    const [one] = goods ? await shown([goods], goods.place) : [];
    if (!one) return undefined;
    const prices = await pricesOf(engine, id);
    const named = prices.map(async (price) => priceView(price, await nameOfActor(engine, price.setBy)));
    return { ...goodsView(one), prices: await Promise.all(named) };
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/goods',
        summary: '本店的商品和服务 · Goods and services of a shop',
        access: { who: SEES_GOODS, at: (c) => c.req.param('place') },
        request: { params: MerchantParams, query: schemas.GoodsQuerySchema },
        responses: { 200: answer(schemas.GoodsListSchema, '商品 · Goods') },
        problems: ['not-found'],
        example: examples.listGoods,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const { q, state, low, ...query } = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const book = await places.bookOf(place);
        if (book === undefined) return refuse(c, problem('not-found'));
        const rows = await listGoods(engine, {
          ...{ place, sort: page.sort, after: page.after, limit: page.limit + 1, words: q, state },
          low: low && { book },
        });
        const cut = cutPage(page, rows, ({ id, name }) => ({ value: page.sort === 'name' ? name : id, id }));
        return c.json({ ...cut, items: (await shown(cut.items, place)).map(goodsView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/merchants/{place}/goods',
        summary: '上架一件商品或服务 · Add goods',
        access: { who: KEEPERS, at: (c) => c.req.param('place') },
        movesPoints: true,
        request: { params: MerchantParams, body: json(schemas.NewGoodsSchema) },
        responses: { 201: answer(schemas.OneGoodsSchema, '商品 · Goods') },
        problems: CHANGE_PROBLEMS,
        example: examples.addGoods,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { place } = c.req.valid('param');
        const { points, yuan = '0', ...body } = c.req.valid('json');
        const input = { ...body, place, points: Number(points), yuanFen: fenOf(yuan) };
        const scope = keyScope(actor, place);
        const done = await addGoods(deps, { input, actor, key: idempotencyKeyOf(c), scope });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await oneOf(done.goods);
        return one ? c.json(one, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/goods/{goods}',
        summary: '一件商品 · One goods',
        access: { who: SEES_GOODS, at: placeOfGoods },
        request: { params: schemas.GoodsParams },
        responses: { 200: answer(schemas.OneGoodsSchema, '商品 · Goods') },
        problems: ['not-found'],
        example: examples.oneGoods,
      }),
      async (c) => {
        const one = await oneOf(c.req.valid('param').goods);
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/goods/{goods}',
        summary: '修改商品，上架或下架 · Change goods',
        access: { who: KEEPERS, at: placeOfGoods },
        movesPoints: true,
        request: { params: schemas.GoodsParams, body: json(schemas.GoodsChangeSchema) },
        responses: { 200: answer(schemas.OneGoodsSchema, '商品 · Goods') },
        problems: CHANGE_PROBLEMS,
        example: examples.changeGoods,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { goods } = c.req.valid('param');
        const by = { actor, key: idempotencyKeyOf(c), scope: keyScope(actor, await placeOfGoods(c)) };
        const done = await changeGoods(deps, { goods, input: c.req.valid('json'), ...by });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await oneOf(goods);
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/goods/{goods}/prices',
        summary: '定新价格 · Set a price',
        access: { who: KEEPERS, at: placeOfGoods },
        movesPoints: true,
        request: { params: schemas.GoodsParams, body: json(schemas.NewPriceSchema) },
        responses: { 201: answer(schemas.OneGoodsSchema, '商品 · Goods') },
        problems: [...CHANGE_PROBLEMS, 'price-in-past'],
        example: examples.setPrice,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { goods } = c.req.valid('param');
        const { points, yuan = '0', from } = c.req.valid('json');
        const price = { points: Number(points), yuanFen: fenOf(yuan) };
        const input = { ...price, ...(from !== undefined && { from: parseInstant(from) }) };
        const by = { actor, key: idempotencyKeyOf(c), scope: keyScope(actor, await placeOfGoods(c)) };
        const done = await setPrice(deps, { goods, input, ...by });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await oneOf(goods);
        return one ? c.json(one, 201) : refuse(c, problem('not-found'));
      },
    );
};

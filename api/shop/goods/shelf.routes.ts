/** What residents see: the shops that give goods for points, and what is on their shelves. */
import { and, asc, eq, exists, gt, inArray, sql } from 'drizzle-orm';
import type { Context } from 'hono';
import type { Engine } from '../../db/index.ts';
import { personActor } from '../../identity/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import {
  answer,
  cutPage,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  subjectOf,
} from '../../platform/index.ts';
import { MerchantParams } from '../shop.schemas.ts';
import { findGoods, listGoods, offered } from './find-goods.ts';
import * as examples from './goods.examples.ts';
import * as schemas from './goods.schemas.ts';
import { goodsView } from './goods.views.ts';

const READING = { who: ['member'], acting: 'view' } as const;

/** Shops of these books that have anything on sale, in the order in which they joined. */
export async function shopsWithGoods(
  { reader, tables: { places: p, goods: g } }: Engine,
  { books, after, limit }: { books: readonly number[]; after: string; limit: number },
) {
  if (books.length === 0) return [];
  const onSale = reader
    .select({ one: sql`1` })
    .from(g)
    .where(and(eq(g.place, p.id), eq(g.state, 'on')));
  return reader
    .select({ id: p.id, name: p.name })
    .from(p)
    .where(and(eq(p.kind, 'merchant'), gt(p.id, after), inArray(p.book, [...books]), exists(onSale)))
    .orderBy(asc(p.id))
    .limit(limit);
}

export const shelfRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const booksOf = async (c: Context) => [...(await places.booksOf(subjectOf(personActor(c))))];
  /** The book of a shop that the resident may use; nobody's elsewhere. */
  const bookAt = async (c: Context, place: string): Promise<number | undefined> => {
    const [book, books] = [await places.bookOf(place), await booksOf(c)];
    return book !== undefined && books.includes(book) ? book : undefined;
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/me/shops',
        summary: '能用积分兑换商品的店 · Shops that give goods for my points',
        access: READING,
        request: { query: pageQuery(['shop']) },
        responses: { 200: answer(schemas.ShopsSchema, '店 · Shops') },
        example: examples.myShops,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'shop');
        if (isProblem(page)) return refuse(c, page);
        const after = page.after === undefined ? '' : String(page.after.id);
        const rows = await shopsWithGoods(engine, {
          ...{ books: await booksOf(c), after, limit: page.limit + 1 },
        });
        return c.json(
          cutPage(page, rows, ({ id }) => ({ value: id, id })),
          200,
        );
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/shops/{place}/goods',
        summary: '这家店能兑换的商品 · What a shop gives for points',
        access: READING,
        request: { params: MerchantParams, query: schemas.ShelfQuerySchema },
        responses: { 200: answer(schemas.GoodsListSchema, '商品 · Goods') },
        problems: ['not-found'],
        example: examples.shelf,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const { q, ...query } = c.req.valid('query');
        const page = parsePage(query, 'name');
        if (isProblem(page)) return refuse(c, page);
        const book = await bookAt(c, place);
        if (book === undefined) return refuse(c, problem('not-found'));
        const of = { place, sort: page.sort, after: page.after, limit: page.limit + 1, words: q };
        const rows = await listGoods(engine, { ...of, state: 'on' });
        const cut = cutPage(page, rows, ({ id, name }) => ({ value: page.sort === 'name' ? name : id, id }));
        const items = await offered(engine, { book, goods: cut.items, at: clock() });
        return c.json({ ...cut, items: items.map(goodsView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/goods/{goods}',
        summary: '一件能兑换的商品 · One goods for points',
        access: READING,
        request: { params: schemas.GoodsParams },
        responses: { 200: answer(schemas.GoodsSchema, '商品 · Goods') },
        problems: ['not-found'],
        example: examples.goodsForMe,
      }),
      async (c) => {
        const goods = await findGoods(engine, c.req.valid('param').goods);
        const book = goods && (await bookAt(c, goods.place));
        if (!goods || book === undefined) return refuse(c, problem('not-found'));
        const [one] = await offered(engine, { book, goods: [goods], at: clock() });
        return one ? c.json(goodsView(one), 200) : refuse(c, problem('not-found'));
      },
    );
};

/** 公示, for anybody who passes the notice board: nobody signs in, and nothing names a person. */
import type { Context } from 'hono';
import { listEstates, type Place, type ProductDeps } from '../places/index.ts';
import {
  answer,
  anybody,
  cutPage,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { monthOf } from '../programme/index.ts';
import { countedOf } from './count-book.ts';
import * as examples from './disclosure.examples.ts';
import * as schemas from './disclosure.schemas.ts';
import { boardMonthView } from './disclosure.views.ts';
import { monthOfBook } from './month-of-book.ts';
import { boardAwards, boardMonth } from './read-board.ts';

/** What is posted is the same for everybody; a month that is over stays as it is, but for what later months say of it. */
const KEPT_S = 60;

function keepAWhile(c: Context): void {
  c.header('Cache-Control', `public, max-age=${KEPT_S}`);
}

export const boardRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const estateNamed = async (id: string): Promise<Place | undefined> => {
    const place = await places.find(id);
    return place?.kind === 'estate' ? place : undefined;
  };
  const estateView = async ({ id, name, parent }: Place) => {
    return { id, name, community: (await places.find(parent))?.name ?? '' };
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/board/estates',
        summary: '有公示的小区 · Estates with a notice board',
        access: anybody,
        request: { query: pageQuery(['oldest']) },
        responses: { 200: answer(schemas.BoardEstatesSchema, '小区 · Estates') },
        example: examples.boardEstates,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listEstates(engine, {
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { after: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        keepAWhile(c);
        return c.json({ ...cut, items: await Promise.all(cut.items.map(estateView)) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/board/estates/{estate}',
        summary: '一个小区有哪些月份 · The months of an estate',
        access: anybody,
        request: { params: schemas.EstateParams },
        responses: { 200: answer(schemas.BoardMonthsSchema, '第一个和最近的月份 · First and last month') },
        example: examples.boardMonths,
      }),
      async (c) => {
        const estate = await estateNamed(c.req.valid('param').estate);
        if (!estate) return refuse(c, problem('not-found'));
        const last = monthOf(clock());
        const first = (await countedOf(engine, estate.book))?.firstMonth ?? last;
        keepAWhile(c);
        return c.json({ ...(await estateView(estate)), first, last }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/board/estates/{estate}/months/{month}',
        summary: '一个小区一个月的积分公示 · The month of an estate',
        description:
          '按记账时间统计，北京时间一个自然月；过完的月份不再变，更正记在作出更正的月份。By when it was booked, in the calendar of Asia/Shanghai: a month that is over stays as it is, and a correction counts in the month in which it is made.',
        access: anybody,
        request: { params: schemas.EstateMonthParams },
        responses: { 200: answer(schemas.BoardMonthSchema, '公示 · What is posted') },
        problems: ['month-to-come'],
        example: examples.boardMonth,
      }),
      async (c) => {
        const { estate: id, month } = c.req.valid('param');
        const estate = await estateNamed(id);
        if (!estate) return refuse(c, problem('not-found'));
        const found = await boardMonth(deps, { estate, month });
        if (isProblem(found)) return refuse(c, found);
        keepAWhile(c);
        return c.json(boardMonthView(await estateView(estate), found), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/board/estates/{estate}/months/{month}/awards',
        summary: '志愿服务得分名单，姓名已脱敏 · Awards for services, masked',
        access: anybody,
        request: { params: schemas.EstateMonthParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.BoardAwardsSchema, '名单 · Awards') },
        problems: ['month-to-come'],
        example: examples.boardAwards,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest', 'number');
        if (isProblem(page)) return refuse(c, page);
        const { estate: id, month } = c.req.valid('param');
        const estate = await estateNamed(id);
        if (!estate) return refuse(c, problem('not-found'));
        const stand = await monthOfBook(deps, { book: estate.book, month });
        if (isProblem(stand)) return refuse(c, stand);
        const rows = await boardAwards(engine, {
          ...{ estate: id, month, limit: page.limit + 1 },
          ...(page.after === undefined ? {} : { before: Number(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ line: { transaction } }) => {
          return { value: transaction, id: transaction };
        });
        keepAWhile(c);
        const items = cut.items.map(({ shown }) => ({ ...shown, points: String(shown.points) }));
        return c.json({ ...cut, items }, 200);
      },
    );
};

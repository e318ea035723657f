/** What a shop's till gave and took: the summary and the lists of a day, today's unless another is named. */
import type { Context } from 'hono';
import {
  actorOf,
  answer,
  cutPage,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  refuse,
  route,
  z,
  type Page,
} from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { dayOf } from '../programme/index.ts';
import * as examples from './counter.examples.ts';
import { AT_TILL, withCustomer, type ShopDeps } from './counter.routes.ts';
import { listPurchases, listRedemptions, totalsOfDay } from './list-sales.ts';
import * as schemas from './shop.schemas.ts';
import { purchaseView, redemptionView } from './shop.views.ts';

const salesQuery = pageQuery(['newest']).extend({ day: schemas.OnDaySchema.optional() });

export const salesRoutes = (deps: ShopDeps) => {
  const { engine, clock } = deps;
  const access = {
    who: [...AT_TILL, 'auditor'] as const,
    at: (c: Context) => c.req.param('place'),
  };
  const shown = withCustomer(engine);
  const pageOf = (page: Page<string>, place: string, day: string | undefined) => ({
    ...{ place, day, limit: page.limit + 1 },
    ...(page.after === undefined ? {} : { before: String(page.after.id) }),
  });

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/today',
        summary: '今日小结，或写明日期的那一天 · Today, or the day that is named',
        access,
        request: {
          params: schemas.MerchantParams,
          query: z.object({ day: schemas.OnDaySchema.optional() }),
        },
        responses: { 200: answer(schemas.TodaySchema, '小结 · Summary') },
        example: examples.today,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const today = dayOf(clock());
        const { day = today } = c.req.valid('query');
        const { amountFen, ...totals } = await totalsOfDay(engine, { place, day });
        const points = { pointsGiven: String(totals.pointsGiven), pointsTaken: String(totals.pointsTaken) };
        return c.json({ ...totals, ...points, today, amount: formatYuan(amountFen) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/purchases',
        summary: '消费记录 · Purchases',
        access,
        request: { params: schemas.MerchantParams, query: salesQuery },
        responses: { 200: answer(schemas.PurchasesSchema, '消费记录 · Purchases') },
        example: examples.listPurchases,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const of = pageOf(page, c.req.valid('param').place, query.day);
        const cut = cutPage(page, await listPurchases(engine, of), ({ id }) => ({ value: id, id }));
        const sales = await Promise.all(cut.items.map(shown));
        const items = sales.map(({ sale, person }) => purchaseView(sale, person, actorOf(c)));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/redemptions',
        summary: '兑换记录 · Redemptions',
        access,
        request: { params: schemas.MerchantParams, query: salesQuery },
        responses: { 200: answer(schemas.RedemptionsSchema, '兑换记录 · Redemptions') },
        example: examples.listRedemptions,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const of = pageOf(page, c.req.valid('param').place, query.day);
        const cut = cutPage(page, await listRedemptions(engine, of), ({ id }) => ({ value: id, id }));
        const sales = await Promise.all(cut.items.map(shown));
        const items = sales.map(({ sale, person }) => redemptionView(sale, person, actorOf(c)));
        return c.json({ ...cut, items }, 200);
      },
    );
};

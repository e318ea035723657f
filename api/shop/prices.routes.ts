/** 价目 of a shop: what a purchase earns and which points are taken, for the wall behind the till. */
import type { Context } from 'hono';
import type { ProductDeps } from '../places/index.ts';
import {
  answer,
  formatInstant,
  isProblem,
  newModule,
  refuse,
  route,
  z,
  InstantSchema,
} from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import * as examples from './counter.examples.ts';
import { priceListOf, type PriceList } from './price-list.ts';
import { MerchantParams } from './shop.schemas.ts';

const PricesSchema = z
  .object({
    name: z.string(),
    earns: z
      .object({
        unit: z.string(),
        points: z.string().openapi({ description: 'For each whole `per` yuan.' }),
        per: z.string(),
        maxPointsPerDay: z.string(),
        since: InstantSchema,
        lastDay: z.string().optional().openapi({ description: 'The last day of what is earned today.' }),
        examples: z.array(z.object({ amount: z.string(), points: z.string() })),
      })
      .optional()
      .openapi({ description: 'Left out where no rule is in force, or nobody pays.' }),
    takes: z.array(
      z.object({
        unit: z.string(),
        leastMicro: z.string().openapi({ description: 'What a point stands for, in micro-yuan.' }),
        mostMicro: z.string(),
      }),
    ),
    monthlyCap: z.string().optional(),
  })
  .openapi('PriceList');

function priceView({ name, earns, takes, monthlyCap }: PriceList) {
  return {
    name,
    ...(earns && {
      earns: {
        ...{ unit: earns.rule.unit, points: String(earns.rule.points), per: formatYuan(earns.rule.perFen) },
        maxPointsPerDay: String(earns.rule.maxPointsPerDay),
        since: formatInstant(earns.since),
        ...(earns.lastDay !== undefined && { lastDay: earns.lastDay }),
        examples: earns.examples.map(({ amountFen, points }) => ({
          amount: formatYuan(amountFen),
          points: String(points),
        })),
      },
    }),
    takes: takes.map(({ unit, leastMicro, mostMicro }) => ({
      ...{ unit, leastMicro: String(leastMicro), mostMicro: String(mostMicro) },
    })),
    ...(monthlyCap !== undefined && { monthlyCap: String(monthlyCap) }),
  };
}

export const pricesRoutes = (deps: ProductDeps) =>
  newModule(deps).openapi(
    route({
      method: 'get',
      path: '/merchants/{place}/prices',
      summary: '价目：消费得几分，收哪些积分 · What a purchase earns, and which points are taken',
      access: {
        who: ['clerk', 'merchant_manager', 'staff', 'operator'],
        at: (c: Context) => c.req.param('place'),
      },
      request: { params: MerchantParams },
      responses: { 200: answer(PricesSchema, '价目 · Prices') },
      problems: ['not-found'],
      example: examples.prices,
    }),
    async (c) => {
      const list = await priceListOf(deps, c.req.valid('param').place);
      return isProblem(list) ? refuse(c, list) : c.json(priceView(list), 200);
    },
  );

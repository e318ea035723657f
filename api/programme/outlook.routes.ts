import type { ProductDeps } from '../places/index.ts';
import { answer, newModule, route, z } from '../platform/index.ts';
import { budgetOutlook } from './budget-outlook.ts';
import { outlook } from './programme.examples.ts';
import { FundSchema, PlaceParams } from './programme.schemas.ts';

const OutlookSchema = z
  .object({
    items: z.array(
      FundSchema.omit({ place: true, rateMicro: true }).extend({
        used: z.string().openapi({ description: '最近 30 天用掉的 · Used in the last 30 days' }),
        lastsDays: z.number().int().optional().openapi({
          description: '照这样还够用几天；最近没有用过则没有 · For how many days it lasts at that pace',
        }),
      }),
    ),
  })
  .openapi('BudgetOutlook');

export const outlookRoutes = (deps: ProductDeps) =>
  newModule(deps).openapi(
    route({
      method: 'get',
      path: '/places/{place}/budget-outlook',
      summary: '额度还够用多久 · How long the budgets last',
      description:
        '在这里出资的经费，连同上级的。The funds that pay here, those of the places above included.',
      access: { who: ['staff', 'operator', 'auditor'], at: (c) => c.req.param('place') },
      request: { params: PlaceParams },
      responses: { 200: answer(OutlookSchema, '额度 · Budgets') },
      example: outlook,
    }),
    async (c) => {
      const found = await budgetOutlook(deps, c.req.valid('param').place);
      const items = found.map(({ fund, approved, unissued, used, lastsDays }) => ({
        ...{ id: fund.id, name: fund.name, unit: fund.unit },
        ...{ approved: String(approved), unissued: String(unissued), used: String(used) },
        ...(lastsDays !== undefined && { lastsDays }),
      }));
      return c.json({ items }, 200);
    },
  );

/** How far a shop's payers are from what it lets them leave unpaid; the till asks before it takes points. */
import type { Context } from 'hono';
import type { ProductDeps } from '../../places/index.ts';
import { answer, newModule, problem, refuse, route, z } from '../../platform/index.ts';
import { fenToMicro, formatMicro, formatYuan } from '../../platform/money/index.ts';
import { OVER_EXPOSURE } from '../../programme/index.ts';
import { PlaceParams } from '../settlement.schemas.ts';
import { exposureAt } from './exposure.ts';
import * as examples from './monthly.examples.ts';
import { namesOfParties } from './monthly.views.ts';

const LOOK = ['clerk', 'merchant_manager', 'staff', 'operator', 'auditor'] as const;

const ExposureSchema = z
  .object({
    limits: z.array(
      z.object({
        payer: z.object({ id: z.string(), name: z.string() }),
        limit: z.string().openapi({ example: '5000.00' }),
        unpaid: z.string().openapi({ description: '现在还没付的，元 · Unpaid now, in yuan' }),
        left: z.string().openapi({ description: '还能收的，元 · What can still be taken, in yuan' }),
        state: z
          .enum(['within', 'near', 'over'])
          .openapi({ description: 'near：到了八成 · Four fifths of it' }),
        overExposure: z.enum(OVER_EXPOSURE),
      }),
    ),
  })
  .openapi('Exposure');

export const exposureRoutes = (deps: ProductDeps) =>
  newModule(deps).openapi(
    route({
      method: 'get',
      path: '/places/{place}/exposure',
      summary:
        '未结限额：付款方还欠多少、还能收多少 · How much payers leave unpaid, and what can still be taken',
      access: { who: LOOK, at: (c: Context) => c.req.param('place') },
      request: { params: PlaceParams },
      responses: { 200: answer(ExposureSchema, '未结限额 · Limits') },
      example: examples.exposure,
    }),
    async (c) => {
      const place = await deps.places.find(c.req.valid('param').place);
      if (!place) return refuse(c, problem('not-found'));
      const limits = await exposureAt(deps, { place: place.id, book: place.book });
      const named = await namesOfParties(
        deps,
        limits.map(({ payer }) => payer),
      );
      return c.json(
        {
          limits: limits.map(({ payer, limitFen, unpaidMicro, state, overExposure }) => ({
            ...{ payer: named(payer), limit: formatYuan(limitFen), unpaid: formatMicro(unpaidMicro) },
            ...{ left: formatMicro(Math.max(0, fenToMicro(limitFen) - unpaidMicro)), state, overExposure },
          })),
        },
        200,
      );
    },
  );

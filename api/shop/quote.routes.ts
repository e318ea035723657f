/** What a purchase would earn: shown to the clerk before anything is booked. */
import type { Context } from 'hono';
import { actorOf, answer, isProblem, json, newModule, refuse, route } from '../platform/index.ts';
import { customerOf, fenOf, type ShopDeps } from './counter.routes.ts';
import * as examples from './counter.examples.ts';
import { quotePurchase } from './quote-purchase.ts';
import { MerchantParams, PurchaseQuoteSchema, QuotedPurchaseSchema } from './shop.schemas.ts';

export const quoteRoutes = (deps: ShopDeps) =>
  newModule(deps).openapi(
    route({
      method: 'post',
      path: '/merchants/{place}/purchase-quotes',
      summary: '这次消费能记多少分 · What a purchase would earn',
      access: {
        who: ['clerk', 'merchant_manager'],
        at: (c: Context) => c.req.param('place'),
        scope: 'shop:write',
      },
      request: { params: MerchantParams, body: json(PurchaseQuoteSchema) },
      responses: { 200: answer(QuotedPurchaseSchema, '能记的积分 · Points') },
      problems: [
        'code-unknown',
        'code-elsewhere',
        'code-ended',
        'code-used',
        'no-rule-in-force',
        'no-fund',
        'invalid-input',
      ],
      example: examples.quotePurchase,
    }),
    async (c) => {
      const body = c.req.valid('json');
      const quoted = await quotePurchase(deps, {
        input: {
          place: c.req.valid('param').place,
          customer: customerOf(body),
          amountFen: fenOf(body.amount),
          paidWithPointsFen: fenOf(body.paidWithPoints ?? '0'),
        },
        actor: actorOf(c),
      });
      return isProblem(quoted)
        ? refuse(c, quoted)
        : c.json({ ...quoted, points: String(quoted.points) }, 200);
    },
  );

/** 收分 by goods: what the clerk taps is taken for points at the price that the till showed, and leaves the shelf. */
import {
  actorOf,
  answer,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  problem,
  refuse,
  route,
} from '../../platform/index.ts';
import { confirmRedemption } from '../confirm-redemption.ts';
import { AT_TILL, customerOf, SALE_PROBLEMS, withCustomer, type ShopDeps } from '../counter.routes.ts';
import { GoodsSaleSchema, MerchantParams, RedemptionSchema } from '../shop.schemas.ts';
import { redemptionView } from '../shop.views.ts';
import { findRedemption } from '../undo.ts';
import * as examples from '../counter.examples.ts';
import { BASKET_PROBLEMS } from '../orders/my-orders.routes.ts';

export const goodsSalesRoutes = (deps: ShopDeps) => {
  const shown = withCustomer(deps.engine);
  return newModule(deps).openapi(
    route({
      method: 'post',
      path: '/merchants/{place}/goods-sales',
      summary: '按商品收分 · Take points for goods',
      description:
        '每一行写明商品、看到的价格版本和数量；价格变了就不扣分，回答 `price-changed`。\n\nEach line names the goods, the version of the price that was shown, and how many; where the price is another by now nothing is taken, and the answer is `price-changed`.',
      access: { who: AT_TILL, at: (c) => c.req.param('place'), scope: 'shop:spend' },
      movesPoints: true,
      request: { params: MerchantParams, body: json(GoodsSaleSchema) },
      responses: { 201: answer(RedemptionSchema, '兑换记录 · Redemption') },
      problems: [
        ...new Set([...SALE_PROBLEMS, ...BASKET_PROBLEMS]),
        'not-found',
        'insufficient-points',
        'terms-missing',
        'second-person-needed',
        'cap-exceeded',
        'exposure-exceeded',
      ],
      example: examples.sellGoods,
    }),
    async (c) => {
      const actor = actorOf(c);
      const { place } = c.req.valid('param');
      const body = c.req.valid('json');
      const { lines, overLimit } = body;
      const input = { place, customer: customerOf(body), lines, ...(overLimit && { overLimit }) };
      const scope = keyScope(actor, place);
      const done = await confirmRedemption(deps, { input, actor, key: idempotencyKeyOf(c), scope });
      if (isProblem(done)) return refuse(c, done);
      if (done.posted.replayed) markReplay(c);
      const { sale, person } = done.fresh ?? (await shown(await findRedemption(deps.engine, done.id)));
      return sale ? c.json(redemptionView(sale, person, actor), 201) : refuse(c, problem('not-found'));
    },
  );
};

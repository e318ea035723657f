/** Orders at the counter: find one by its pick-up code, hand it over, offer something else, call it off. */
import type { Context } from 'hono';
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
  originOf,
  parsePage,
  problem,
  refuse,
  route,
} from '../../platform/index.ts';
import { AT_TILL, type ShopDeps } from '../counter.routes.ts';
import { MerchantParams, ScanSchema } from '../shop.schemas.ts';
import { collectOrder } from './collect-order.ts';
import { cancelOrder } from './end-order.ts';
import { BASKET_PROBLEMS } from './my-orders.routes.ts';
import * as examples from './order.examples.ts';
import * as schemas from './order.schemas.ts';
import { customerOfOrder, orderHeads, orderView } from './order.views.ts';
import { findOrder, ordersAt } from './orders.ts';
import { provePickUp, readPickUpScan, resolvePickUp } from './pick-up-code.ts';
import { answerSubstitute, proposeSubstitute } from './substitute.ts';

const ENDING = ['order-ended', 'changed-meanwhile', 'month-closed'] as const;

export const orderRoutes = (deps: ShopDeps) => {
  const { engine, clock } = deps;
  const placeOf = async (c: Context): Promise<string | undefined> =>
    (await findOrder(engine, c.req.param('order') ?? ''))?.place;
  const atTill = { who: AT_TILL, at: placeOf } as const;
  const shown = async (id: string) => {
    const order = await findOrder(engine, id);
    return order && { ...(await orderView(deps, order)), customer: await customerOfOrder(engine, order) };
  };
  const byOf = async (c: Context) => {
    const actor = actorOf(c);
    return { actor, key: idempotencyKeyOf(c), scope: keyScope(actor, await placeOf(c)) };
  };
  const whole = { 200: answer(schemas.OrderAtTillSchema, '订单 · Order') };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/merchants/{place}/orders/resolve',
        summary: '识别取货码 · Look a pick-up code up',
        access: { who: AT_TILL, at: (c) => c.req.param('place') },
        request: { params: MerchantParams, body: json(ScanSchema) },
        responses: whole,
        problems: ['code-unknown', 'code-mistyped', 'locked-out'],
        example: examples.resolveOrder,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const scan = readPickUpScan(c.req.valid('json').scan, originOf(c, deps.config));
        if (isProblem(scan)) return refuse(c, scan);
        const till = { kind: 'code', value: place } as const;
        if (scan.isTyped && !(await deps.identity.lockOut.mayTry(till, clock())))
          return refuse(c, problem('locked-out'));
        const order = await resolvePickUp(engine, { place, scan });
        if (isProblem(order)) return refuse(c, order);
        if (scan.isTyped) await deps.identity.lockOut.forgive(till);
        const one = await shown(order.id);
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/orders',
        summary: '本店的订单 · Orders of a shop',
        access: { who: [...AT_TILL, 'staff', 'auditor'], at: (c) => c.req.param('place') },
        request: { params: MerchantParams, query: schemas.OrdersQuerySchema },
        responses: { 200: answer(schemas.OrdersAtTillSchema, '订单 · Orders') },
        example: examples.listOrders,
      }),
      async (c) => {
        const { state = 'placed', ...query } = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const { place } = c.req.valid('param');
        const before = page.after && String(page.after.id);
        const rows = await ordersAt(engine, { place, state, before, limit: page.limit + 1 });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const [heads, customers] = await Promise.all([
          orderHeads(deps, cut.items),
          Promise.all(cut.items.map((order) => customerOfOrder(engine, order))),
        ]);
        const blank = { name: '', tail: '' };
        const items = heads.map((head, nth) => ({ ...head, customer: customers[nth] ?? blank }));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/orders/{order}',
        summary: '本店的一张订单 · One order of a shop',
        access: { who: [...AT_TILL, 'staff', 'auditor'], at: placeOf },
        request: { params: schemas.OrderParams },
        responses: whole,
        problems: ['not-found'],
        example: examples.oneOrder,
      }),
      async (c) => {
        const one = await shown(c.req.valid('param').order);
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/orders/{order}/pick-ups',
        summary: '取货：核销积分，商品出库 · Hand an order over',
        access: atTill,
        movesPoints: true,
        request: { params: schemas.OrderParams, body: json(schemas.CollectSchema) },
        responses: { 201: answer(schemas.OrderAtTillSchema, '订单 · Order') },
        problems: [
          ...ENDING,
          'not-found',
          'not-allowed',
          'pick-up-code-needed',
          'code-unknown',
          'code-mistyped',
          'locked-out',
          'second-person-needed',
          'substitution-waits',
          'hold-ended',
          'invalid-input',
        ],
        example: examples.collectOrder,
      }),
      async (c) => {
        const { order } = c.req.valid('param');
        const { scan, withoutCode, ...said } = c.req.valid('json');
        const found = await findOrder(engine, order);
        if (!found) return refuse(c, problem('not-found'));
        const proved = await provePickUp(deps, {
          ...{ order: found, proof: { scan, withoutCode } },
          ...{ actor: actorOf(c), origin: originOf(c, deps.config) },
        });
        if (isProblem(proved)) return refuse(c, proved);
        const input = { ...said, ...proved, order };
        const done = await collectOrder(deps, { input, ...(await byOf(c)) });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await shown(order);
        return one ? c.json(one, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/orders/{order}/substitutes',
        summary: '缺货时提出换一件，等居民同意 · Offer something else',
        access: atTill,
        movesPoints: true,
        request: { params: schemas.OrderParams, body: json(schemas.ProposalSchema) },
        responses: { 201: answer(schemas.OrderAtTillSchema, '订单 · Order') },
        problems: [...ENDING, ...BASKET_PROBLEMS, 'not-found', 'substitution-waits'],
        example: examples.proposeSubstitute,
      }),
      async (c) => {
        const { order } = c.req.valid('param');
        const done = await proposeSubstitute(deps, {
          ...{ order, input: c.req.valid('json') },
          ...(await byOf(c)),
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await shown(order);
        return one ? c.json(one, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/orders/{order}/substitutes/withdraw',
        summary: '收回换货的提议 · Take the offer back',
        access: atTill,
        movesPoints: true,
        request: { params: schemas.OrderParams },
        responses: whole,
        problems: [...ENDING, 'already-done'],
        example: examples.withdrawSubstitute,
      }),
      async (c) => {
        const { order } = c.req.valid('param');
        const done = await answerSubstitute(deps, { order, agree: false, ...(await byOf(c)) });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await shown(order);
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/orders/{order}/call-off',
        summary: '店里取消订单，写明原因 · Call an order off, with a reason',
        access: atTill,
        movesPoints: true,
        request: { params: schemas.OrderParams, body: json(schemas.CallOffSchema) },
        responses: whole,
        problems: ENDING,
        example: examples.callOff,
      }),
      async (c) => {
        const { order } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        const done = await cancelOrder(deps, { order, reason, ...(await byOf(c)) });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await shown(order);
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    );
};

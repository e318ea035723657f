/** The member's side of orders: place one, see it with its pick-up code, call it off, answer a substitution. */
import type { Context } from 'hono';
import { personActor } from '../../identity/index.ts';
import {
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
  subjectOf,
} from '../../platform/index.ts';
import type { ShopDeps } from '../counter.routes.ts';
import { cancelOrder } from './end-order.ts';
import * as examples from './order.examples.ts';
import * as schemas from './order.schemas.ts';
import { orderHeads, orderView } from './order.views.ts';
import { findOrder, ordersOfMember } from './orders.ts';
import { pickUpCode } from './pick-up-code.ts';
import { placeOrder } from './place-order.ts';
import { answerSubstitute } from './substitute.ts';

export const BASKET_PROBLEMS = [
  'price-changed',
  'goods-off-sale',
  'out-of-stock',
  'goods-limit',
  'invalid-input',
  'amount-out-of-range',
] as const;

export const myOrdersRoutes = (deps: ShopDeps) => {
  const { engine } = deps;
  const memberOf = async (c: Context): Promise<readonly string[] | undefined> => {
    const order = await findOrder(engine, c.req.param('order') ?? '');
    return order && [order.member];
  };
  /** Whoever may only look is not given what fetches the goods. */
  const mine = async (c: Context, id: string) => {
    const order = await findOrder(engine, id);
    if (!order) return undefined;
    const isLooking = personActor(c).for?.may === 'view';
    const code = pickUpCode(deps, { order: id, origin: originOf(c, deps.config) });
    const isShown = order.state === 'placed' && !isLooking;
    return { ...(await orderView(deps, order)), ...(isShown && { code }) };
  };
  const byOf = (c: Context) => {
    const actor = personActor(c);
    return { actor, key: idempotencyKeyOf(c), scope: keyScope(actor, undefined) };
  };
  const own = { own: memberOf, acting: 'spend' } as const;

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/me/orders',
        summary: '下单：留住积分和商品，凭取货码去取 · Place an order',
        access: { who: ['member'], acting: 'spend' },
        movesPoints: true,
        request: { body: json(schemas.NewOrderSchema) },
        responses: { 201: answer(schemas.MyOrderSchema, '订单 · Order') },
        problems: [
          ...BASKET_PROBLEMS,
          'not-found',
          'insufficient-points',
          'terms-missing',
          'cap-exceeded',
          'changed-meanwhile',
          'month-closed',
        ],
        example: examples.placeOrder,
      }),
      async (c) => {
        const by = byOf(c);
        const input = { ...c.req.valid('json'), member: subjectOf(by.actor) };
        const done = await placeOrder(deps, { input, ...by });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        const one = await mine(c, done.order);
        return one ? c.json(one, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/orders',
        summary: '我的订单 · My orders',
        access: { who: ['member'], acting: 'view' },
        request: { query: schemas.MyOrdersQuerySchema },
        responses: { 200: answer(schemas.MyOrdersSchema, '订单 · Orders') },
        example: examples.myOrders,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const before = page.after && String(page.after.id);
        const member = subjectOf(personActor(c));
        const rows = await ordersOfMember(engine, { member, before, limit: page.limit + 1 });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await orderHeads(deps, cut.items) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/orders/{order}',
        summary: '一张订单和它的取货码 · One order with its pick-up code',
        access: { own: memberOf, acting: 'view' },
        request: { params: schemas.OrderParams },
        responses: { 200: answer(schemas.MyOrderSchema, '订单 · Order') },
        problems: ['not-found'],
        example: examples.myOrder,
      }),
      async (c) => {
        const one = await mine(c, c.req.valid('param').order);
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/me/orders/{order}/cancel',
        summary: '取消订单，积分退回 · Call an order off',
        access: own,
        movesPoints: true,
        request: { params: schemas.OrderParams },
        responses: { 200: answer(schemas.MyOrderSchema, '订单 · Order') },
        problems: ['not-found', 'order-ended', 'changed-meanwhile', 'month-closed'],
        example: examples.cancelOrder,
      }),
      async (c) => {
        const { order } = c.req.valid('param');
        const done = await cancelOrder(deps, { order, reason: null, ...byOf(c) });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await mine(c, order);
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/me/orders/{order}/substitute-answer',
        summary: '同意或不要换货 · Answer a substitution',
        access: own,
        movesPoints: true,
        request: { params: schemas.OrderParams, body: json(schemas.AgreeSchema) },
        responses: { 200: answer(schemas.MyOrderSchema, '订单 · Order') },
        problems: [
          ...BASKET_PROBLEMS,
          'not-found',
          'order-ended',
          'already-done',
          'changed-meanwhile',
          'month-closed',
        ],
        example: examples.answerSubstitute,
      }),
      async (c) => {
        const { order } = c.req.valid('param');
        const { agree } = c.req.valid('json');
        const done = await answerSubstitute(deps, { order, agree, ...byOf(c) });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const one = await mine(c, order);
        return one ? c.json(one, 200) : refuse(c, problem('not-found'));
      },
    );
};

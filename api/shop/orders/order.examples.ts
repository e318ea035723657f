import { named, type RouteExample } from '../../platform/index.ts';

const line = {
  ...{ id: named.orderLine, goods: named.goods, name: '鸡蛋 30 枚', points: '120', yuan: '0.00' },
  ...{ quantity: 2, taken: 0, left: 2 },
};
const head = {
  ...{ id: named.order, place: { id: named.merchant, name: '和美积分超市' }, unit: 'CON' },
  ...{ points: '240', pointsTaken: '0', pointsLeft: '240', yuanLeft: '0.00', state: 'placed' },
  ...{ at: '2026-06-20T04:00:00.000Z', endsAt: '2026-06-27T16:00:00.000Z', lines: [line] },
};
const mine = {
  ...head,
  pickUps: [],
  code: { link: 'https://points.example.org/p/Jf3kU8vQxT5nR1wZb7yD2g', digits: '482 016 7395' },
};
const customer = { name: '李*', tail: '0001' };
const atTill = { ...head, pickUps: [], customer };
const ended = { settledAt: '2026-06-21T02:00:00.000Z' };
const proposal = { line: named.orderLine, name: '挂面 1 千克', quantity: 2, points: '60', yuan: '0.00' };
const order = { params: { order: named.order } };

export const placeOrder: RouteExample = {
  body: {
    place: named.merchant,
    lines: [{ goods: named.goods, price: named.goodsPrice, quantity: 1 }],
  },
  answer: mine,
};
export const myOrders: RouteExample = { query: { limit: '20' }, answer: { items: [head] } };
export const myOrder: RouteExample = { ...order, answer: mine };
export const cancelOrder: RouteExample = { ...order, answer: { ...mine, state: 'cancelled', ...ended } };
export const answerSubstitute: RouteExample = {
  params: { order: named.orderToChange },
  body: { agree: true },
  answer: mine,
};

export const resolveOrder: RouteExample = {
  params: { place: named.merchant },
  body: { scan: named.pickUpDigits },
  answer: atTill,
};
export const listOrders: RouteExample = {
  params: { place: named.merchant },
  query: { limit: '20', state: 'placed' },
  answer: { items: [{ ...head, customer }] },
};
export const oneOrder: RouteExample = { ...order, answer: atTill };
export const collectOrder: RouteExample = {
  ...order,
  body: { rest: 'keep', byProxy: false, scan: named.pickUpDigits },
  answer: { ...atTill, state: 'collected', pointsTaken: '240', ...ended },
};
export const proposeSubstitute: RouteExample = {
  params: { order: named.order },
  body: { line: named.orderLine, goods: named.otherGoods, price: named.otherPrice, quantity: 1 },
  answer: { ...atTill, proposal },
};
export const withdrawSubstitute: RouteExample = {
  params: { order: named.orderToChange },
  answer: atTill,
};
export const callOff: RouteExample = {
  ...order,
  body: { reason: '商品受潮' },
  answer: { ...atTill, state: 'cancelled', reason: '商品受潮', ...ended },
};

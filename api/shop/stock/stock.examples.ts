import { named, type RouteExample } from '../../platform/index.ts';
import { goodsForMe } from '../goods/goods.examples.ts';

const movement = {
  ...{ id: '01890a5d-ac96-774b-bcce-b302099a9020', goods: { id: named.goods, name: '鸡蛋 30 枚' } },
  ...{ kind: 'delivery', free: 30, kept: 0, freeAfter: 30, keptAfter: 0, reason: '六月第二批' },
  ...{ by: '陈**', at: '2026-06-10T01:30:00.000Z' },
};

export const recordMovement: RouteExample = {
  params: { goods: named.goods },
  body: { kind: 'delivery', quantity: 30, reason: '六月第二批' },
  answer: goodsForMe.answer,
};
export const moveToOutlet: RouteExample = {
  params: { goods: named.goods },
  body: { to: named.goodsThere, quantity: 2 },
  answer: goodsForMe.answer,
};
export const movementsOfGoods: RouteExample = {
  params: { goods: named.goods },
  query: { limit: '20' },
  answer: { items: [movement] },
};
export const movementsOfShop: RouteExample = {
  params: { place: named.merchant },
  query: { limit: '20' },
  answer: { items: [movement] },
};
export const stockFile: RouteExample = { params: { place: named.merchant }, query: { format: 'csv' } };

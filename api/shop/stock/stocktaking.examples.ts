import { named, type RouteExample } from '../../platform/index.ts';

const listed = {
  ...{ id: named.stocktaking, state: 'counted', note: '六月底盘点', reason: '', countedBy: '马**' },
  ...{ mine: false, decidedBy: '', at: '2026-06-20T04:00:00.000Z' },
};
const one = {
  ...listed,
  counts: [{ goods: { id: named.goods, name: '鸡蛋 30 枚' }, expected: 30, counted: 29 }],
};

export const countStock: RouteExample = {
  params: { place: named.merchant },
  body: { note: '六月底盘点', counts: [{ goods: named.goods, counted: 29 }] },
  answer: { ...one, mine: true },
};
export const listStocktakings: RouteExample = {
  params: { place: named.merchant },
  query: { limit: '20' },
  answer: { items: [listed] },
};
export const oneStocktaking: RouteExample = { params: { stocktaking: named.stocktaking }, answer: one };
export const confirmStocktaking: RouteExample = {
  params: { stocktaking: named.stocktaking },
  body: { reason: '破了一盒' },
  answer: { ...one, state: 'confirmed', reason: '破了一盒', decidedBy: '陈**' },
};
export const dropStocktaking: RouteExample = {
  params: { stocktaking: named.stocktaking },
  body: { reason: '点错了' },
  answer: { ...one, state: 'dropped', reason: '点错了', decidedBy: '陈**' },
};

import { named, type RouteExample } from '../platform/index.ts';

const redemption = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  customer: { name: '李*', tail: '0001' },
  points: '300',
  unit: 'CON',
  goods: '洗衣液 1 瓶',
  yuan: '0.00',
  state: 'taken',
  at: '2026-06-20T04:00:00.000Z',
  mine: true,
};

const purchase = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  customer: { name: '李*', tail: '0001' },
  receipt: 'A-10023',
  amount: '58.50',
  points: '58',
  unit: 'CON',
  state: 'credited',
  steps: [
    { zh: '消费 58.50 元', en: 'Spent 58.50 yuan', value: '58.50' },
    { zh: '每满 1 元计 1 分，零头不计', en: '1 for each whole 1 yuan', value: '58' },
  ],
  at: '2026-06-20T04:00:00.000Z',
  mine: true,
};

export const resolveCode: RouteExample = {
  params: { place: named.merchant },
  body: { scan: named.digits },
  answer: {
    code: named.code,
    customer: { name: '李*', tail: '0001' },
    available: [
      { unit: 'CON', points: '6189' },
      { unit: 'VOL', points: '60' },
    ],
    confirmBefore: '2026-06-20T04:03:00.000Z',
  },
};

export const creditPurchase: RouteExample = {
  params: { place: named.merchant },
  body: { code: named.code, receipt: 'A-10023', amount: '58.50' },
  answer: purchase,
};

export const quotePurchase: RouteExample = {
  params: { place: named.merchant },
  body: { code: named.code, amount: '58.50' },
  answer: { points: '58', unit: 'CON', isCapped: false, steps: purchase.steps },
};

export const takePoints: RouteExample = {
  params: { place: named.merchant },
  body: { code: named.code, points: '300', unit: 'CON', goods: '洗衣液 1 瓶' },
  answer: redemption,
};

export const sellGoods: RouteExample = {
  params: { place: named.merchant },
  body: { code: named.code, lines: [{ goods: named.goods, price: named.goodsPrice, quantity: 1 }] },
  answer: { ...redemption, points: '120', goods: '鸡蛋 30 枚' },
};

export const undoPurchase: RouteExample = {
  params: { purchase: named.purchase },
  body: { reason: '顾客退货' },
  answer: { ...purchase, id: named.purchase, state: 'taken-back' },
};

export const undoRedemption: RouteExample = {
  params: { redemption: named.redemption },
  body: { reason: '商品有破损' },
  answer: { ...redemption, id: named.redemption, state: 'undone' },
};

export const today: RouteExample = {
  params: { place: named.merchant },
  query: { day: '2026-06-20' },
  answer: {
    day: '2026-06-20',
    today: '2026-06-20',
    purchases: 1,
    pointsGiven: '58',
    redemptions: 1,
    pointsTaken: '300',
    amount: '58.50',
  },
};

export const listPurchases: RouteExample = {
  params: { place: named.merchant },
  query: { limit: '20', day: '2026-06-20' },
  answer: { items: [purchase] },
};

export const listRedemptions: RouteExample = {
  params: { place: named.merchant },
  query: { limit: '20', day: '2026-06-20' },
  answer: { items: [redemption] },
};

export const prices: RouteExample = {
  params: { place: named.merchant },
  answer: {
    name: '和美积分超市',
    earns: {
      ...{ unit: 'CON', points: '1', per: '1.00', maxPointsPerDay: '500' },
      ...{ since: '2025-11-30T16:00:00.000Z', lastDay: '2027-06-30' },
      examples: [{ amount: '38.50', points: '38' }],
    },
    takes: [{ unit: 'VOL', leastMicro: '100000', mostMicro: '100000' }],
  },
};

const file = { params: { place: named.merchant } };
export const dayFile: RouteExample = { ...file, query: { format: 'csv', day: '2026-06-20' } };
export const priceFile: RouteExample = { ...file, query: { format: 'csv' } };

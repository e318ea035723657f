import { named, type RouteExample } from '../../platform/index.ts';

const said = {
  ...{ name: '鸡蛋 30 枚', category: '粮油', description: '本地散养，当天到货', lowAt: 5 },
  limit: { quantity: 1, period: 'quarter', of: 'household' },
  ...{ keepDays: 7, state: 'on' },
};

const goods = {
  ...{ id: named.goods, version: 1, place: named.merchant, kind: 'goods', unit: 'VOL' },
  ...said,
  ...{ price: named.goodsPrice, points: '120', yuan: '0.00', photo: null, left: 30, kept: 2, isLow: false },
};

const one = {
  ...goods,
  prices: [
    {
      ...{ id: named.goodsPrice, points: '120', yuan: '0.00', from: '2026-06-01T00:00:00.000Z' },
      by: '陈国栋',
    },
  ],
};

export const listGoods: RouteExample = {
  params: { place: named.merchant },
  query: { sort: 'name', limit: '20', q: '鸡' },
  answer: { items: [goods] },
};
export const addGoods: RouteExample = {
  params: { place: named.merchant },
  body: { ...said, kind: 'goods', unit: 'VOL', points: '120' },
  answer: one,
};
export const oneGoods: RouteExample = { params: { goods: named.goods }, answer: one };
export const changeGoods: RouteExample = {
  params: { goods: named.goods },
  body: { ...said, state: 'off', version: 1 },
  answer: { ...one, state: 'off', version: 2 },
};
export const setPrice: RouteExample = {
  params: { goods: named.goods },
  body: { points: '100', yuan: '5.00' },
  answer: one,
};
export const myShops: RouteExample = {
  query: { limit: '20' },
  answer: { items: [{ id: named.merchant, name: '和美积分超市' }] },
};
export const shelf: RouteExample = {
  params: { place: named.merchant },
  query: { q: '鸡' },
  answer: { items: [goods] },
};
export const goodsForMe: RouteExample = { params: { goods: named.goods }, answer: goods };
export const setPhoto: RouteExample = {
  params: { goods: named.goods },
  query: { fileName: '鸡蛋.webp' },
  file: 'RIFF\x14\0\0\0WEBPVP8L\x08\0\0\0/\0\0\0\0\0\0\0',
  answer: { ...goods, version: 2, photo: named.goodsPhoto },
};
export const photo: RouteExample = {
  params: { goods: named.goodsWithPhoto, attachment: named.goodsPhoto },
};

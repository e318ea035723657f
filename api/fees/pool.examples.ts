import { named, type RouteExample } from '../platform/index.ts';

export const pools: RouteExample = {
  answer: {
    items: [
      {
        house: { id: named.house, code: '3-2-0501', name: '3栋2单元0501' },
        may: true,
        mine: { since: '2026-06-14' },
        others: [{ name: '王*', relation: 'family' }],
      },
    ],
  },
};
export const agree: RouteExample = {
  params: { house: named.house },
  body: {},
  answer: { since: '2026-06-14' },
};
export const leave: RouteExample = { params: { house: named.house } };

import { named, type RouteExample } from '../platform/index.ts';

const till = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  name: '商户收银系统（演示）',
  prefix: 'linli_6yRdMw',
  scopes: ['shop:write'],
  book: 1,
  place: named.community,
  createdAt: '2025-11-30T16:00:00.000Z',
};

export const makeKey: RouteExample = {
  body: { name: '一号收银台', scopes: ['shop:write'], book: 1, place: named.merchant },
  answer: {
    ...till,
    name: '一号收银台',
    place: named.merchant,
    prefix: 'linli_a1B2c3',
    createdAt: '2026-06-20T04:00:00.000Z',
    token: 'linli_a1B2c3D4e5F6g7H8D4e5F6g7H8D4e5F6g7H8j9K0m1N',
  },
};

export const listKeys: RouteExample = { query: { limit: '20' }, answer: { items: [till] } };

export const revokeKey: RouteExample = { params: { key: named.systemKey } };

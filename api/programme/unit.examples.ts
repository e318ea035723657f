import { named, type RouteExample } from '../platform/index.ts';
import { expiryWords, type Expiry } from './rules/index.ts';

const quarter: Expiry = { bucket: 'quarter', later: 2, graceMonths: 1 };
const [zh, en] = expiryWords(quarter);
const own = {
  ...{ id: named.unit, version: 1, expiry: quarter, basis: '金康社区〔2026〕第 9 号会议纪要' },
  ...{ madeByName: '周*', madeAt: '2026-06-20T04:00:00.000Z' },
};
const green = {
  ...{ code: 'GRN', name: { zh: '低碳积分', en: 'green points' }, decimals: 0, own },
  ...{ expiry: [{ by: 'unit', text: { zh, en } }], funds: { count: 0, names: [] } },
  ...{ liveSeries: 0, liveSeriesMore: false, hasPoints: false },
};

export const unitNames: RouteExample = {
  answer: { items: [{ code: green.code, ...green.name }] },
};

export const listUnits: RouteExample = {
  params: { place: named.community },
  answer: { items: [green] },
};

const said = { nameZh: green.name.zh, nameEn: green.name.en, expiry: quarter };

export const makeUnit: RouteExample = {
  params: { place: named.community },
  body: { code: green.code, ...said, basis: own.basis },
  answer: green,
};

export const changeUnit: RouteExample = {
  params: { unit: named.unit },
  body: { version: 1, ...said, nameZh: '低碳环保积分', reason: '名称按会议纪要写全' },
  answer: {
    ...{ ...green, name: { ...green.name, zh: '低碳环保积分' } },
    own: {
      ...{ ...own, version: 2 },
      change: { byName: '周*', at: '2026-06-20T04:10:00.000Z', reason: '名称按会议纪要写全' },
    },
  },
};

export const openFund: RouteExample = {
  params: { place: named.community },
  body: { unit: 'CON', name: '金康社区消费奖励经费', rateMicro: '10000' },
  answer: {
    id: '01890a5d-ac96-774b-bcce-b302099a9010',
    ...{ place: named.community, name: '金康社区消费奖励经费', unit: 'CON', rateMicro: '10000' },
  },
};

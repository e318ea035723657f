import { named, type RouteExample } from '../platform/index.ts';

const agreement = {
  ...{ id: named.agreement, version: 1, redeemer: named.merchant, redeemerName: '和美积分超市' },
  ...{ redeemerKind: 'merchant', fund: '*', isOwn: false, mode: 'clearing', viaName: '社区结算中心' },
  ...{
    factor: '1',
    period: 'month',
    from: '2025-11-30T16:00:00.000Z',
    state: 'in-force',
    cappable: true,
    endable: true,
    madeAt: '2025-11-30T16:00:00.000Z',
  },
};
const made = {
  ...agreement,
  ...{
    from: '2026-07-31T16:00:00.000Z',
    state: 'to-come',
    cappable: false,
    basis: '与和美积分超市的协议第 3 号',
    madeByName: '周*',
  },
  ...{ monthlyCap: '20000', exposure: '5000.00', overExposure: 'ask' },
};

export const listAgreements: RouteExample = {
  params: { place: named.community },
  query: { state: 'in-force', limit: '20' },
  answer: { items: [agreement] },
};

export const exportAgreements: RouteExample = { params: { place: named.community } };

export const parties: RouteExample = {
  params: { place: named.community },
  answer: {
    redeemers: [{ id: named.merchant, name: '和美积分超市', kind: 'merchant' }],
    clearing: [{ id: named.clearing, name: '社区结算中心' }],
    anyFund: true,
    funds: [{ id: named.fund, name: '金康社区志愿服务经费', unit: 'VOL', rateMicro: '100000' }],
  },
};

export const makeAgreement: RouteExample = {
  params: { place: named.community },
  body: {
    ...{ redeemer: named.merchant, fund: '*', mode: 'clearing', via: named.clearing, factor: '1' },
    ...{ from: '2026-08-01', basis: made.basis, monthlyCap: '20000' },
    ...{ exposure: '5000.00', overExposure: 'ask' },
  },
  answer: made,
};

export const setCap: RouteExample = {
  params: { agreement: named.agreement },
  body: { version: 1, monthlyCap: '20000', basis: '居民代表会议 2026 年第 5 号决议' },
  answer: {
    ...agreement,
    ...{ cappable: false, monthlyCap: '20000', basis: '居民代表会议 2026 年第 5 号决议', madeByName: '周*' },
  },
};

export const endAgreement: RouteExample = {
  params: { agreement: named.agreement },
  body: { version: 1, on: '2026-12-31', reason: '店面转让' },
  answer: {
    ...agreement,
    ...{ version: 2, cappable: false, endable: false, until: '2026-12-31T16:00:00.000Z' },
    ending: { byName: '周*', at: '2026-06-20T04:00:00.000Z', reason: '店面转让' },
  },
};

import { named, type RouteExample } from '../../platform/index.ts';

const MONTH = '2026-05';
const payer = { id: named.clearing, name: '社区结算中心' };
const payee = { id: named.merchant, name: '和美积分超市' };
const fund = { id: named.fund, name: '金康社区志愿服务经费' };
const summary = {
  ...{ id: named.settlement, version: 1, number: 'JS-2606-0001', payer, payee, month: MONTH, since: MONTH },
  ...{ state: 'draft', net: '35.49', paid: '0.00', left: '35.49', madeAt: '2026-06-02T01:00:00.000Z' },
  received: '0.00',
};
const may = { confirm: true, agree: false, pay: false, object: ['payee'], answer: [] };
const shown = {
  ...{ ...summary, netWords: '叁拾伍元肆角玖分', carriedIn: '0.00', taken: '35.49', returned: '0.00' },
  ...{ conceded: '0.00', carriedOut: '0.00', madeByName: '周*', remarks: [], payments: [], may },
  morePayments: false,
};
const confirmed = { byName: '冯**', at: '2026-06-02T02:00:00.000Z' };
const voucher = {
  ...{ id: named.payment, version: 1, number: 'FK-2606-0001', settlement: named.settlementAgreed },
  ...{ settlementNumber: 'JS-2606-0002', month: MONTH, since: MONTH, payer, payee, amount: '35.49' },
  ...{ amountWords: '叁拾伍元肆角玖分', reference: '2026060300017', paidOn: '2026-06-03' },
  ...{
    paid: { byName: '蒋**', at: '2026-06-03T02:00:00.000Z' },
    state: 'paid',
    mayAsk: true,
    mayDecide: false,
  },
  ...{ receipt: 'waiting', mayReceive: false, mayDispute: false },
  places: { payer: named.clearing, payee: named.merchant },
};
const money = { opening: '0.00', taken: '35.49', returned: '0.00', paid: '0.00', closing: '35.49' };
const draft = { settlement: named.settlement };

export const pairs: RouteExample = {
  params: { place: named.community },
  answer: {
    pays: {
      sums: { owed: '35.49', settled: '35.49', open: '0.00' },
      rows: [{ payer, payee, owed: '35.49', settled: '35.49', open: '0.00' }],
    },
    gets: { sums: { owed: '0.00', settled: '0.00', open: '0.00' }, rows: [] },
    ...{ more: false, month: MONTH, mayMake: true, clearing: [payer] },
  },
};
export const settlements: RouteExample = {
  params: { place: named.community },
  query: { side: 'payer', limit: '20' },
  answer: { items: [summary] },
};
export const make: RouteExample = {
  params: { place: named.community },
  body: { month: MONTH },
  answer: { made: 2, more: false },
};
export const settlement: RouteExample = { params: draft, answer: shown };
export const lines: RouteExample = {
  params: draft,
  answer: {
    items: [
      {
        ...{ id: '01890a5d-ac96-774b-bcce-b302099a9021', fund, redeemer: payee, unit: 'VOL', rate: '0.10' },
        ...{ factor: '1', takenPoints: '36', taken: '3.60', returnedPoints: '0', returned: '0.00' },
      },
    ],
  },
};
export const items: RouteExample = {
  params: draft,
  answer: {
    items: [
      {
        ...{ transaction: '1099511627917', kind: 'returned', what: 'goods', number: '131' },
        ...{ at: '2026-05-20T02:00:00.000Z', originalAt: '2026-04-28T02:00:00.000Z' },
        ...{ points: '-20', amount: '-2.00' },
      },
    ],
  },
};
export const file: RouteExample = { params: draft, query: { format: 'xlsx' } };
export const agree: RouteExample = {
  params: { settlement: named.settlementToConfirm },
  body: { side: 'payee', version: 1 },
  answer: { ...shown, version: 2, state: 'confirmed', confirmed },
};
export const object: RouteExample = {
  params: { settlement: named.settlementToDispute },
  body: { side: 'payee', version: 1, said: '5 月 20 日有一笔退货没有算进来' },
  answer: { ...shown, version: 2, state: 'objected' },
};
export const answerIt: RouteExample = {
  params: { settlement: named.settlementDisputed },
  body: { side: 'payer', version: 2, said: '那一笔是 6 月退的，在 6 月的结算单里' },
  answer: { ...shown, version: 3 },
};
export const pay: RouteExample = {
  params: { settlement: named.settlementAgreed },
  body: { amount: '0.01', reference: '2026060300017', paidOn: '2026-06-03' },
  answer: voucher,
};
export const payments: RouteExample = {
  params: { settlement: named.settlementPaid },
  answer: { items: [{ ...voucher, settlement: named.settlementPaid }] },
};
export const payment: RouteExample = { params: { payment: named.payment }, answer: voucher };
export const receive: RouteExample = {
  params: { payment: named.paymentToReceive },
  body: { version: 1 },
  answer: {
    ...{ ...voucher, version: 2, receipt: 'received', mayAsk: false, mayReceive: false, mayDispute: true },
    said: { byName: '冯**', at: '2026-06-04T01:00:00.000Z' },
  },
};
export const askBack: RouteExample = {
  params: { payment: named.payment },
  body: { reason: '付到了另一家店的账户' },
  answer: { ...voucher, version: 2, state: 'asked-back' },
};
export const decideBack: RouteExample = {
  params: { payment: named.paymentAskedBack },
  body: { decision: 'take-back' },
  answer: { ...voucher, version: 3, state: 'taken-back' },
};
export const exposure: RouteExample = {
  params: { place: named.merchant },
  answer: {
    limits: [
      {
        ...{ payer, limit: '5000.00', unpaid: '4200.00', left: '800.00', state: 'near' },
        overExposure: 'ask',
      },
    ],
  },
};
export const clearing: RouteExample = {
  params: { place: named.clearing, month: MONTH },
  answer: {
    ...{ party: payer, month: MONTH, over: true },
    in: { sum: money, rows: [{ party: fund, ...money }] },
    out: { sum: money, rows: [{ party: payee, ...money }] },
    ...{ difference: '0.00', held: '0.00' },
  },
};
export const clearingFile: RouteExample = {
  params: { place: named.clearing, month: MONTH },
  query: { format: 'csv' },
};

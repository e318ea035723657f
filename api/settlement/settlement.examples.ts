import { named, type RouteExample } from '../platform/index.ts';

const MONTH = '2026-05';
const month = { fund: named.fund, month: MONTH };
const fund = { id: named.fund, name: '社区志愿经费', unit: 'VOL' };
const STATEMENT = '收分方,期初应付,本期应付,冲回金额,已付金额,期末应付\n结算中心,0.00,3.60,0.00,0.00,3.60\n';
const sums = { ours: '3.60', theirs: '3.60', difference: '0.00', matched: 1, differences: 0, paired: 0 };
const money = { opening: '0.00', accepted: '3.60', reversed: '0.00', paid: '0.00', closing: '3.60' };

const kept = {
  ...{ id: named.funderStatement, fund, month: MONTH, number: 1, source: 'typed', rows: 1 },
  ...{ rejected: 0, remarkNeeded: false },
  ...{ comparison: sums, takenBy: '周敏', at: '2026-07-02T01:00:00.000Z', latest: true },
  ...{ agreed: [], mayAgree: ['funder', 'staff'], handwork: { pairs: 0, splits: 0 }, mayPair: true },
};

export const fundMonths: RouteExample = {
  params: { place: named.community },
  query: { month: MONTH },
  answer: {
    items: [
      {
        ...{ fund, payer: '金康社区', month: MONTH, owed: '3.60' },
        statement: { id: named.funderStatement, number: 1, differences: 0, agreed: ['funder'] },
      },
    ],
  },
};
export const fundMonth: RouteExample = {
  params: month,
  answer: {
    ...{ fund: { ...fund, place: named.community }, month: MONTH, over: true },
    budget: { opening: '40000', approved: '10000', used: '12168', returned: '0', closing: '37832' },
    waiting: { opening: '0', closing: '120' },
    points: {
      ...{ opening: '0', given: '12048', takenBack: '0', offsets: '36', goods: '0', refunded: '0' },
      ...{ ended: '0', closing: '12012', worth: '1201.20' },
    },
    debt: { opening: '0', added: '0', netted: '0', closing: '0' },
    owed: money,
    parties: [
      {
        ...{ party: { id: named.clearing, name: '结算中心' }, points: '36', accepted: '3.60' },
        ...{ reversed: '0.00', settles: 'direct', balance: money },
      },
    ],
    statements: [kept],
    maySend: true,
  },
};
export const fundMonthFile: RouteExample = { params: month, query: { format: 'xlsx' } };
export const takeStatement: RouteExample = {
  params: month,
  query: { fileName: '对账单.csv', confirm: 'nothing-matched' },
  file: STATEMENT,
  answer: {
    import: '01890a5d-ac96-774b-bcce-b302099a9011',
    ...{ repeated: false, fileName: '对账单.csv', encoding: 'utf-8', sheet: '' },
    counts: { rows: 1, rejected: 0, matched: 1, differences: 0 },
    totals: { computed: '7.20' },
    ...{ problems: [], warnings: [], rejected: [], questions: [], rejectedMore: 0 },
    comparison: sums,
  },
};
export const statementRejected: RouteExample = {
  params: month,
  query: { fileName: '对账单.csv', format: 'csv' },
  file: STATEMENT,
};
export const typeStatement: RouteExample = {
  params: month,
  body: {
    rows: [{ party: '结算中心', opening: '0.00', accepted: '3.60', paid: '0.00', closing: '3.60' }],
  },
  answer: { statement: '01890a5d-ac96-774b-bcce-b302099a9012', comparison: sums },
};
export const statement: RouteExample = {
  params: { funderStatement: named.funderStatement },
  answer: kept,
};
export const differences: RouteExample = {
  params: { funderStatement: named.funderStatement },
  answer: {
    items: [
      {
        ...{ id: '01890a5d-ac96-774b-bcce-b302099a9013', kind: 'amount', field: 'closing' },
        ...{ party: { id: named.clearing, name: '结算中心' }, written: '结算中心', number: '', row: 2 },
        ...{ ours: '3.60', theirs: '3.61', tie: false, zh: '金额不同', en: 'Another amount' },
      },
    ],
  },
};
export const differencesFile: RouteExample = {
  params: { funderStatement: named.funderStatement },
  query: { format: 'csv' },
};
export const agree: RouteExample = {
  params: { funderStatement: named.funderStatement },
  body: { side: 'staff', remark: '', seen: { pairs: 0, splits: 0 } },
};

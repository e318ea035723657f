import { named, type RouteExample } from '../platform/index.ts';

const BILLS = `房号,收费项目,计费月份,应收金额
3-2-0501,车位费,202607,150.00
3-2-0599,车位费,202607,150.00
合计,,,300.00
`;

const bill = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  house: { id: '01890a5d-ac96-774b-bcce-b302099a9011', code: '3-2-0602', name: '3栋2单元0602' },
  item: '公摊水电',
  period: '2026-06',
  issue: 1,
  amount: '9.59',
  paid: '0.00',
  offset: '0.00',
  toPay: '9.59',
  state: 'open',
};

const report = {
  import: '01890a5d-ac96-774b-bcce-b302099a9010',
  repeated: false,
  fileName: '停车费-2026-07.csv',
  encoding: 'utf-8',
  sheet: '',
  counts: { rows: 2, rejected: 1, lines: 1, added: 1, reissued: 0, cancelled: 0, updated: 0, unchanged: 0 },
  totals: { computed: '300.00', found: '300.00', difference: '0.00' },
  problems: [],
  warnings: [],
  rejected: [
    {
      rowNumber: 3,
      cells: ['3-2-0599', '车位费', '202607', '150.00'],
      reasons: [
        {
          code: 'house-unknown',
          field: 'room',
          zh: '房号“3-2-0599”不在本小区的花名册里',
          en: 'the estate has no house “3-2-0599”',
        },
      ],
    },
  ],
  questions: [],
  rejectedMore: 0,
};

export const takeBills: RouteExample = {
  params: { estate: named.estate },
  query: { period: '2026-07', fileName: '停车费-2026-07.csv' },
  file: BILLS,
  answer: report,
};

export const billsRejected: RouteExample = {
  params: { estate: named.estate },
  query: { period: '2026-07', fileName: '停车费-2026-07.csv', format: 'csv' },
  file: BILLS,
};

export const billsOfEstate: RouteExample = {
  params: { estate: named.estate },
  query: { period: '2026-06' },
  answer: { items: [bill] },
};

export const billTotals: RouteExample = {
  params: { estate: named.estate },
  query: { period: '2026-06', house: '3-2-0501' },
  answer: {
    period: '2026-06',
    count: 1,
    amount: '118.32',
    paid: '0.00',
    offset: '35.49',
    over: '0.00',
    toPay: '82.83',
  },
};

const home = { id: named.house, code: '3-2-0501', name: '3栋2单元0501' };

export const myDues: RouteExample = {
  answer: { items: [{ house: home, bills: 2, toPay: '232.83' }] },
};

export const billsOfHouse: RouteExample = {
  params: { house: named.house },
  query: { limit: '20' },
  answer: {
    items: [
      {
        ...bill,
        house: home,
        item: '车位费',
        period: '2026-07',
        amount: '150.00',
        toPay: '150.00',
      },
    ],
  },
};

export const oneBill: RouteExample = {
  params: { bill: named.bill },
  answer: { ...bill, id: named.bill, house: home },
};

export const houseStatement: RouteExample = {
  params: { house: named.house },
  query: { from: '2026-06', to: '2026-06' },
  answer: {
    ...{ house: home, estate: { id: named.estate, name: '和美苑（演示）' }, firm: '和美物业（演示）' },
    ...{ from: '2026-06', to: '2026-06', asOf: '2026-06-20T04:00:00.000Z' },
    lines: [
      {
        ...{ bill: named.bill, item: '物业服务费', period: '2026-06', amount: '118.32', paid: '0.00' },
        ...{ offset: '35.49', toPay: '82.83' },
        offsets: [
          {
            ...{ id: named.offset, number: 'DK-2606-0001', value: '35.49', uppercase: '叁拾伍元肆角玖分' },
            ...{ on: '2026-06-15', state: 'posted' },
          },
        ],
      },
    ],
    ...{ opening: '0.00', billed: '118.32', paid: '0.00', offset: '35.49', over: '0.00' },
    ...{ closing: '82.83', uppercase: '捌拾贰元捌角叁分', later: '0.00' },
  },
};

import { named, type RouteExample } from '../platform/index.ts';

const steps = [
  { zh: '2026-06 物业服务费 118.32 元', en: '物业服务费 for 2026-06: 118.32 yuan', value: '118.32' },
  {
    zh: '最多抵 30%：35.496 元，取整到分是 35.49 元',
    en: 'At most 30 %: 35.496 yuan, in whole fen 35.49',
    value: '35.49',
  },
  {
    zh: '每户每月最多抵 50.00 元，已抵 0.00 元',
    en: 'At most 50.00 yuan a household a month; 0.00 used so far',
    value: '35.49',
  },
  {
    zh: '消费积分 3189 分抵 31.89 元（2027-05-31 到期，先到期的先用）',
    en: '3189 consumer points pay 31.89 yuan (they end on 2027-05-31)',
    value: '31.89',
  },
  {
    zh: '志愿积分 36 分抵 3.60 元（2027-12-31 到期，先到期的先用）',
    en: '36 volunteer points pay 3.60 yuan (they end on 2027-12-31)',
    value: '3.60',
  },
  {
    zh: '一共抵 35.49 元，还需缴 82.83 元',
    en: '35.49 yuan are offset; 82.83 yuan are still to pay',
    value: '82.83',
  },
];

export const offset = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  number: 'DK-2606-0003',
  bill: named.bill,
  house: { id: named.house, code: '3-2-0501', name: '3栋2单元0501' },
  member: { id: named.person, name: '李*' },
  item: '物业服务费',
  period: '2026-06',
  value: '35.49',
  uppercase: '叁拾伍元肆角玖分',
  points: [
    { unit: 'CON', points: '3189' },
    { unit: 'VOL', points: '36' },
  ],
  steps,
  state: 'held',
  at: '2026-06-20T04:00:00.000Z',
  hold: '1099511628032',
};

const voucher = {
  ...offset,
  taken: [
    {
      unit: 'CON',
      points: '3189',
      fund: { id: '01890a5d-ac96-774b-bcce-b302099a9012', name: '便民超市消费积分经费' },
      lastDay: '2027-05-31',
    },
    {
      unit: 'VOL',
      points: '36',
      fund: { id: named.fund, name: '金康社区志愿服务经费' },
      lastDay: '2027-12-31',
    },
  ],
};

export const quote: RouteExample = {
  params: { bill: named.bill },
  query: { value: '35.49' },
  answer: {
    bill: named.bill,
    item: '物业服务费',
    period: '2026-06',
    due: '118.32',
    value: '35.49',
    toPay: '82.83',
    uppercase: '叁拾伍元肆角玖分',
    takes: [
      { unit: 'CON', points: '3189', value: '31.89', lastDay: '2027-05-31' },
      { unit: 'VOL', points: '36', value: '3.60', lastDay: '2027-12-31' },
    ],
    steps,
    before: '2026-06-25T16:00:00.000Z',
  },
};

export const confirmOffset: RouteExample = {
  params: { bill: named.bill },
  body: { value: '35.49' },
  answer: voucher,
};

export const myOffsets: RouteExample = { query: { limit: '20' }, answer: { items: [offset] } };

export const oneOffset: RouteExample = {
  params: { offset: named.offset },
  answer: { ...voucher, id: named.offset },
};

export const cancelOffset: RouteExample = {
  params: { offset: named.offset },
  answer: { ...voucher, id: named.offset, state: 'cancelled', settled: '1099511628033' },
};

export const offsetsOfEstate: RouteExample = {
  params: { estate: named.estate },
  query: { state: 'posted' },
  answer: { items: [{ ...offset, state: 'posted', settled: '1099511628033' }] },
};

const atDesk = { estate: named.estate, resident: named.person };
const inPerson = { present: true, identified: 'id-card' };
const byStaff = { actedBy: { as: 'staff', name: '周*' } };

export const quoteAtDesk: RouteExample = { ...quote, params: { ...atDesk, bill: named.bill } };
export const offsetAtDesk: RouteExample = {
  params: { ...atDesk, bill: named.bill },
  body: { value: '35.49', ...inPerson },
  answer: { ...voucher, ...byStaff },
};
export const offsetsAtDesk: RouteExample = {
  params: atDesk,
  query: { limit: '10' },
  answer: { items: [{ ...offset, ...byStaff }] },
};
export const cancelAtDesk: RouteExample = {
  params: { ...atDesk, offset: named.offset },
  body: inPerson,
  answer: {
    ...{ ...voucher, id: named.offset, state: 'cancelled', settled: '1099511628033' },
    cancelledBy: { as: 'staff', name: '周*' },
  },
};

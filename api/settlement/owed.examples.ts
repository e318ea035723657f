import { named, type RouteExample } from '../platform/index.ts';

const VOLUNTEERS = { id: named.fund, name: '社区志愿经费', unit: 'VOL' };
const ages = { owed: '3.60', to30: '3.60', to60: '0.00', to90: '0.00', over90: '0.00' };
const nothing = { owed: '0.00', to30: '0.00', to60: '0.00', to90: '0.00', over90: '0.00' };

export const liability: RouteExample = {
  params: { place: named.community },
  query: { month: '2026-06' },
  answer: {
    ...{ month: '2026-06', at: '2026-06-30T15:59:59.999Z', worth: '1204.80' },
    funds: [
      {
        ...{ fund: VOLUNTEERS, payer: '金康社区', points: '12048', worth: '1204.80' },
        ...{ waiting: '120', unissued: '37832', debt: '0' },
        endings: [{ month: '2027-12', points: '12048', worth: '1204.80' }],
      },
    ],
    endings: [{ month: '2027-12', worth: '1204.80' }],
  },
};
export const liabilityFile: RouteExample = {
  params: { place: named.community },
  query: { month: '2026-06', format: 'xlsx' },
};
export const ageing: RouteExample = {
  params: { place: named.community },
  answer: {
    at: '2026-06-30T08:00:00.000Z',
    payee: { id: named.community, name: '金康社区' },
    owes: {
      sums: ages,
      rows: [
        {
          payer: { id: named.fund, name: '社区志愿经费' },
          payee: { id: named.clearing, name: '结算中心' },
          ...ages,
        },
      ],
      more: 0,
    },
    owed: { sums: nothing, rows: [], more: 0 },
    told: true,
  },
};
export const ageingFile: RouteExample = { params: { place: named.community }, query: { format: 'csv' } };

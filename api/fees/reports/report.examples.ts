import { named, type RouteExample } from '../../platform/index.ts';

const sums = { count: 1, value: '35.49', borne: '35.49', concession: '0.00' };
const june = { from: '2026-06', to: '2026-06' };
const answer = {
  ...{ ...june, total: sums },
  months: [{ month: '2026-06', ...sums }],
  estates: [{ estate: { id: named.estate, name: '和美苑（演示）' }, ...sums }],
  items: [{ item: '物业服务费', count: 1, value: '35.49' }],
  funds: [
    { fund: { id: named.fund, name: '社区志愿经费', unit: 'VOL' }, count: 1, points: '36', borne: '3.60' },
  ],
  complete: true,
  fundsMore: 0,
};

export const ofPlace: RouteExample = { params: { place: named.estate }, query: june, answer };
export const fileOfPlace: RouteExample = {
  params: { place: named.estate },
  query: { ...june, format: 'xlsx' },
};
export const ofAll: RouteExample = { query: june, answer };
export const fileOfAll: RouteExample = { query: { ...june, format: 'csv' } };

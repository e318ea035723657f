import { named, type RouteExample } from '../platform/index.ts';

const layout = {
  columns: [
    { field: 'number', header: '外部单号' },
    { field: 'house', header: '房间编号' },
    { field: 'item', header: '费项' },
    { field: 'period', header: '账期' },
    { field: 'value', header: '优惠金额' },
  ],
  ...{ dates: '20260615', periods: '202606', amounts: 'yuan', totalRow: false, file: 'csv-gb18030' },
};

const preview = {
  from: 'waiting',
  rows: [
    ['外部单号', '房间编号', '费项', '账期', '优惠金额'],
    ['DK-2606-0001', '3-2-0501', '物业服务费', '202606', '35.49'],
  ],
};

const inForce = {
  ...{ firm: '和美物业（演示）', number: 1, name: '沈会计', at: '2026-06-20T04:00:00.000Z' },
  ...{ layout, preview },
};

export const oneLayout: RouteExample = { params: { estate: named.estate }, answer: inForce };

export const layouts: RouteExample = {
  params: { estate: named.estate },
  query: { limit: '20' },
  answer: { items: [{ number: 1, name: '沈会计', at: '2026-06-20T04:00:00.000Z', layout }] },
};

export const previewLayout: RouteExample = {
  params: { estate: named.estate },
  body: layout,
  answer: preview,
};

export const saveLayout: RouteExample = {
  params: { estate: named.estate },
  body: { layout, after: 0 },
  answer: inForce,
};

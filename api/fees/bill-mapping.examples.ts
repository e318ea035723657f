import { named, type RouteExample } from '../platform/index.ts';

const FILE = `楼房,名目,所属,本次
3-2-0501,车位费,202607,150.00
`;
const header = ['楼房', '名目', '所属', '本次'];
const columns = [
  { column: '楼房', field: 'room' },
  { column: '名目', field: 'item' },
  { column: '所属', field: 'period' },
  { column: '本次', field: 'amount' },
];
const mapping = {
  id: '01890a5d-ac96-774b-bcce-b302099a90b0',
  ...{ name: '收费系统导出', version: 1, header, columns },
  at: '2026-06-20T04:00:00.000Z',
  by: '周敏',
};
const houseName = {
  id: '01890a5d-ac96-774b-bcce-b302099a90b1',
  written: '3-2-501',
  house: { id: named.house, code: '3-2-0501', name: '3栋2单元0501' },
  version: 1,
  at: '2026-06-20T04:00:00.000Z',
  by: '周敏',
};

export const previewBills: RouteExample = {
  params: { estate: named.estate },
  query: { fileName: '收费系统.csv' },
  file: FILE,
  answer: {
    ...{ fileName: '收费系统.csv', sheet: '', headerRow: 1, header, columns: [] },
    rows: [['3-2-0501', '车位费', '202607', '150.00']],
  },
};

export const saveMapping: RouteExample = {
  params: { estate: named.estate },
  body: { name: '收费系统导出', version: 0, header, columns },
  answer: { waits: false },
};

export const listMappings: RouteExample = {
  params: { estate: named.estate },
  query: { limit: '20' },
  answer: { items: [mapping] },
};

export const decideHouse: RouteExample = {
  params: { estate: named.estate },
  body: { written: '3-2-501', house: '3-2-0501', version: 0 },
  answer: houseName,
};

export const forgetHouse: RouteExample = {
  params: { estate: named.estate },
  query: { written: '3-2-509', version: '0' },
};

export const listHouseNames: RouteExample = {
  params: { estate: named.estate },
  query: { limit: '20' },
  answer: { items: [houseName] },
};

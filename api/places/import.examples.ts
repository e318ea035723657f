import { named, type RouteExample } from '../platform/index.ts';

const ROSTER = `小区,楼栋,单元,房号,姓名,手机,与房屋关系,起始日期,截止日期
和美苑,3栋,2单元,0601,方雨桐,13911110061,家庭成员,2026-06-01,
和美苑,3栋,2单元,0502,邵文博,13911110062,朋友,,
`;

const roster = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  kind: 'roster',
  fileName: '花名册-新入住.csv',
  rowsAccepted: 1,
  rowsRejected: 1,
  summary: {
    counts: { rows: 2, rejected: 1, unchanged: 0, houses: 0, people: 1, residencies: 1, ended: 0 },
    encoding: 'utf-8',
  },
  at: '2026-06-20T04:00:00.000Z',
};

export const listImportRuns: RouteExample = {
  params: { estate: named.estate },
  query: { kind: 'roster', limit: '1' },
  answer: {
    items: [
      {
        ...{ id: '01890a5d-ac96-774b-bcce-b302099a9090', kind: 'roster', fileName: '花名册-新入住.csv' },
        ...{ state: 'taken', stage: 'writing', rows: 3, mine: true },
        ...{ startedAt: '2026-06-20T04:00:00.000Z', endedAt: '2026-06-20T04:00:00.000Z' },
        import: '01890a5d-ac96-774b-bcce-b302099a9010',
        counts: { rows: 2, rejected: 1, unchanged: 0, houses: 0, people: 1, residencies: 1, ended: 0 },
      },
    ],
  },
};

const report = {
  import: '01890a5d-ac96-774b-bcce-b302099a9010',
  repeated: false,
  fileName: '花名册-新入住.csv',
  encoding: 'utf-8',
  sheet: '',
  counts: { rows: 2, rejected: 1, unchanged: 0, houses: 0, people: 1, residencies: 1, ended: 0 },
  totals: { computed: '0.00' },
  problems: [],
  warnings: [],
  rejected: [
    {
      rowNumber: 3,
      cells: ['和美苑', '3栋', '2单元', '0502', '邵文博', '13911110062', '朋友'],
      reasons: [
        {
          code: 'relation-unknown',
          field: 'relation',
          zh: '与房屋关系“朋友”：请填“业主”“家庭成员”或“租户”',
          en: '与房屋关系 “朋友”: write 业主 (owner), 家庭成员 (family) or 租户 (tenant)',
        },
      ],
    },
  ],
  questions: [],
  rejectedMore: 0,
};

export const takeRoster: RouteExample = {
  params: { estate: named.estate },
  query: { fileName: '花名册-新入住.csv' },
  file: ROSTER,
  answer: report,
};

export const rosterRejected: RouteExample = {
  params: { estate: named.estate },
  query: { fileName: '花名册-新入住.csv', format: 'csv' },
  file: ROSTER,
};

export const listImports: RouteExample = {
  params: { estate: named.estate },
  query: { kind: 'roster' },
  answer: { items: [roster] },
};

export const oneImport: RouteExample = {
  params: { import: named.rosterImport },
  answer: {
    id: named.rosterImport,
    kind: 'roster',
    fileName: '和美苑花名册.xlsx',
    rowsAccepted: 56,
    rowsRejected: 0,
    summary: {
      counts: { rows: 56, rejected: 0, unchanged: 0, houses: 24, people: 56, residencies: 56, ended: 0 },
      encoding: 'xlsx',
    },
    at: '2025-11-30T16:00:00.000Z',
  },
};

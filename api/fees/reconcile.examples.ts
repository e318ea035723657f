import { named, type RouteExample } from '../platform/index.ts';
import { offset } from './offset.examples.ts';

const POSTED_LIST = `抵扣单号,房号,收费项目,计费月份,入账金额,入账日期,状态,备注
DK-2606-0001,3-2-0501,物业服务费,202606,35.50,2026-06-15,已入账,
`;

export const list = {
  import: named.postedList,
  fileName: '入账清单-2026-05.csv',
  at: '2026-06-01T02:00:00.000Z',
};

export const difference = {
  id: '01890a5d-ac96-774b-bcce-b302099a9011',
  kind: 'missing-here',
  month: '2026-05',
  difference: '18.00',
  proposal: 'firm-corrects',
  zh: '清单第 3 行（没有抵扣单号，3-2-0602，18.00 元）：我方没有对应的抵扣单',
  en: 'Row 3 of the list (no number, 3-2-0602, 18.00): we have no such offset',
  state: 'open',
  age: 8,
  offers: [
    { resolution: 'firm-corrects', secondPerson: false },
    { resolution: 'write-off', secondPerson: true },
  ],
  accepts: 'firm-corrects',
  undo: 'nothing',
  writeOffs: [],
  attachments: [],
  canCarryTo: '2026-06',
  events: [],
  firstSeen: list,
  lastSeen: list,
  theirs: {
    rowNumber: 3,
    number: '',
    house: '3-2-0602',
    item: '物业服务费',
    period: '2026-05',
    value: '18.00',
    state: 'posted',
    remark: '',
  },
};

export const takePostedList: RouteExample = {
  params: { estate: named.estate },
  query: { fileName: '入账清单-2026-06.csv', confirm: 'nothing-matched' },
  file: POSTED_LIST,
  answer: {
    import: '01890a5d-ac96-774b-bcce-b302099a9010',
    repeated: false,
    fileName: '入账清单-2026-06.csv',
    encoding: 'utf-8',
    sheet: '',
    counts: {
      rows: 1,
      rejected: 0,
      known: 0,
      offsets: 12,
      matched: 0,
      breaks: 12,
      notYetDue: 0,
      again: 0,
      leftOut: 0,
      'break:missing-there': 10,
      'break:reissued': 1,
      'break:wrong-house': 1,
      captured: 0,
      returned: 0,
      failed: 0,
    },
    totals: { computed: '35.50' },
    problems: [],
    warnings: [],
    rejected: [],
    questions: [
      {
        code: 'nothing-matched',
        zh: '清单里的 1 行，没有一行是“和美苑（演示）”的抵扣单。没有传错小区，也没有传错文件，就按这份清单记下差异',
        en: 'None of the list’s 1 rows is an offset of “和美苑（演示）”. It is the right estate and the right file: keep the breaks',
      },
    ],
    rejectedMore: 0,
    reconciliation: {
      ours: '209.21',
      theirs: '35.50',
      matched: '0.00',
      difference: '-173.71',
      drawnUpOn: '2026-06-15',
      notYetDue: '0.00',
      breaks: [
        {
          kind: 'missing-there',
          difference: '-35.49',
          proposal: 'firm-corrects',
          zh: 'DK-2605-0001（3-2-0101 2026-05 35.49 元）：物业的清单里没有这一笔',
          en: "DK-2605-0001 (3-2-0101 2026-05 35.49): the firm's list does not have it",
        },
      ],
    },
  },
};

const UNREADABLE = `抵扣单号,房号,收费项目,计费月份,入账金额,入账日期,状态,备注
DK-2606-0001,3-2-0501,物业服务费,202606,1e9,2026-06-15,已入账,
`;

export const postedListRejected: RouteExample = {
  params: { estate: named.estate },
  query: { fileName: '入账清单-2026-06.csv', format: 'csv' },
  file: UNREADABLE,
};

export const onePostedList: RouteExample = {
  params: { import: named.postedList },
  answer: {
    id: named.postedList,
    fileName: '入账清单-2026-05.xlsx',
    at: '2026-06-20T04:00:00.000Z',
    settled: true,
    counts: {
      rows: 10,
      rejected: 0,
      known: 0,
      offsets: 12,
      matched: 3,
      breaks: 11,
      notYetDue: 1,
      'break:missing-there': 3,
      'break:amount': 1,
      'break:duplicate': 1,
      'break:wrong-period': 1,
      'break:wrong-house': 1,
      'break:reissued': 1,
      'break:paid-first': 1,
      'break:returned': 1,
      'break:missing-here': 1,
    },
    ours: '209.21',
    theirs: '146.55',
    matched: '48.05',
    difference: '-62.66',
    drawnUpOn: '2026-06-05',
    notYetDue: { count: 1, value: '35.49' },
    open: 10,
  },
};

export const notYetDue: RouteExample = {
  params: { import: named.postedList },
  query: { limit: '20' },
  answer: { items: [{ ...offset, state: 'exported' }] },
};

export const breaksOfList: RouteExample = {
  params: { import: named.postedList },
  query: { limit: '20' },
  answer: { items: [difference] },
};

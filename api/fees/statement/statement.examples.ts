import { named, type RouteExample } from '../../platform/index.ts';

const none = { opening: '0.00', made: '0.00', givenBack: '0.00', posted: '0.00', closing: '0.00' };
const noCounts = { opening: 0, made: 0, givenBack: 0, posted: 0, closing: 0 };
const signed = { name: '周敏', at: '2026-07-02T01:00:00.000Z' };

export const checklist: RouteExample = {
  params: { place: named.estate },
  answer: {
    month: '2026-06',
    checks: [
      { check: 'over', state: 'blocks', count: 0 },
      { check: 'bills', state: 'done', count: 348, value: '41175.36' },
      { check: 'handed-over', state: 'blocks', count: 1, value: '35.49' },
      { check: 'posted-list', state: 'told', count: 9, value: '241.45' },
      { check: 'breaks', state: 'told', count: 1, value: '0.01', difference: '0.01' },
      { check: 'approvals', state: 'done', count: 0 },
      { check: 'expiry', state: 'blocks', count: 0 },
    ],
  },
};

const june = {
  place: { id: named.estate, name: '和美苑（演示）' },
  firm: { id: '01890a5d-ac96-774b-bcce-b302099a80b8', name: '和美物业' },
  month: '2026-06',
  edition: 1,
  points: [
    {
      ...{ unit: 'CON', fund: { id: '01890a5d-ac96-774b-bcce-b302099a80b9', name: '便民超市' } },
      ...{ opening: '0', made: '3189', givenBack: '0', posted: '3189', closing: '0' },
    },
  ],
  values: [
    {
      item: '物业服务费',
      ...{ opening: '0.00', made: '35.49', givenBack: '0.00', posted: '35.49', closing: '0.00' },
      counts: { opening: 0, made: 1, givenBack: 0, posted: 1, closing: 0 },
    },
  ],
  totals: {
    ...{ opening: '0.00', made: '35.49', givenBack: '0.00', posted: '35.49', closing: '0.00' },
    counts: { opening: 0, made: 1, givenBack: 0, posted: 1, closing: 0 },
  },
  owed: [
    {
      payer: { id: named.clearing, name: '结算中心' },
      ...{ opening: '0.00', captured: '35.49', paid: '0.00', closing: '35.49' },
    },
  ],
  borne: [{ fund: { id: named.fund, name: '社区志愿经费' }, amount: '3.60' }],
  settlement: { posted: '35.49', owed: '35.49', concession: '0.00', carriedIn: '0.00', carriedOut: '0.00' },
  firms: [],
  documents: { count: 1, first: 'DK-2606-0001', last: 'DK-2606-0001', cancelled: 0 },
  openBreaks: { count: 0, value: '0.00', difference: '0.00' },
  toCorrect: { count: 0, value: '0.00', difference: '0.00' },
  carriedBreaks: { count: 0, value: '0.00', difference: '0.00', list: [] },
  late: [],
  writeOffs: [{ firm: { id: named.firm, name: '和美物业' }, item: '物业服务费', count: 1, value: '0.01' }],
  writeOffsTakenBack: [],
  evidence: [],
  readThrough: '2608',
};

export const draft: RouteExample = {
  params: { place: named.estate },
  answer: { ...june, preliminary: true, editions: [] },
};

export const statement: RouteExample = {
  params: { closure: named.closure },
  answer: {
    ...june,
    place: { id: named.community, name: '金康社区' },
    month: '2025-12',
    preliminary: false,
    closure: named.closure,
    ...{ points: [], values: [], owed: [], borne: [] },
    totals: { ...none, counts: noCounts },
    documents: { count: 0, first: '', last: '', cancelled: 0 },
    settlement: { posted: '0.00', owed: '0.00', concession: '0.00', carriedIn: '0.00', carriedOut: '0.00' },
    firms: [],
    late: [],
    writeOffs: [],
    approved: signed,
    hash: {
      kept: '9f2c1d5be7a04368b1f0c2d3e4a5968778695a4b3c2d1e0f9f2c1d5be7a04368',
      transaction: '1099511630377',
      intact: true,
    },
    editions: [{ edition: 1, closure: named.closure, at: signed.at }],
  },
};

import { named, type RouteExample } from '../platform/index.ts';

const batch = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  estate: named.estate,
  number: 'DC-2606-01',
  firm: '和美物业',
  count: 2,
  value: '10.67',
  at: '2026-06-20T04:00:00.000Z',
  madeBy: '沈会计',
  rowsHash: '3f0c2a7be1d4589af6c07be3518d92ac64f1e0b77d23c9a5841be02f6d7c13e9',
  ...{ state: 'made', open: 2, posted: 0, returned: 0 },
  steps: ['send', 'ask-back'],
};
const sent = {
  ...batch,
  state: 'sent',
  sent: { name: '沈会计', at: '2026-06-20T06:00:00.000Z' },
  steps: ['acknowledge', 'undo-send', 'ask-back'],
};

export const handOver: RouteExample = { params: { estate: named.estate }, answer: batch };

export const listBatches: RouteExample = {
  params: { estate: named.estate },
  query: { limit: '20' },
  answer: { items: [batch] },
};

export const waitingForExport: RouteExample = {
  params: { estate: named.estate },
  answer: { firm: '和美物业', count: 2, value: '10.67', leftOut: { count: 0, items: [] } },
};

export const batchFile: RouteExample = { params: { batch: named.batch }, query: { format: 'xlsx' } };

export const oneBatch: RouteExample = { params: { batch: named.batch }, answer: batch };

export const markBatch: RouteExample = {
  params: { batch: named.openBatch },
  body: { mark: 'send' },
  answer: sent,
};

export const askBack: RouteExample = {
  params: { batch: named.openBatch },
  body: { reason: '收费系统不认批次里的房号' },
  answer: {
    ...batch,
    askedBack: {
      ...{ name: '沈会计', at: '2026-06-20T07:00:00.000Z', mine: true },
      reason: '收费系统不认批次里的房号',
    },
    steps: ['take-back', 'keep'],
  },
};

export const keepBatch: RouteExample = { params: { batch: named.batchAskedBack }, answer: batch };

export const takeBack: RouteExample = {
  params: { batch: named.batchAskedBack },
  answer: {
    ...batch,
    ...{ state: 'taken-back', open: 0, steps: [] },
    askedBack: {
      ...{ name: '沈会计', at: '2026-06-20T07:00:00.000Z', mine: false },
      reason: '收费系统不认批次里的房号',
    },
    takenBack: { name: '周财务', at: '2026-06-20T08:00:00.000Z' },
  },
};

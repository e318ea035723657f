import { named, type RouteExample } from '../../platform/index.ts';
import { difference, list } from '../reconcile.examples.ts';

const resolvedLine = {
  ...{ id: '01890a5d-ac96-774b-bcce-b302099a90d8', kind: 'resolved', at: '2026-06-09T02:00:00.000Z' },
  ...{ by: '沈会计', comment: '物业更正为 35.49', subject: 'firm-corrects' },
};

export const breaksOfEstate: RouteExample = {
  params: { estate: named.estate },
  query: { state: 'open' },
  answer: { items: [difference] },
};

export const resolveBreak: RouteExample = {
  params: { break: named.break },
  body: { resolution: 'firm-corrects', comment: '物业更正为 35.49' },
  answer: {
    id: named.break,
    kind: 'amount',
    month: '2026-05',
    offset: '01890a5d-ac96-774b-bcce-b302099a9012',
    difference: '0.01',
    proposal: 'firm-corrects',
    zh: 'DK-2605-0003：金额不一致，我方 35.49 元，物业 35.50 元，物业多记 0.01 元',
    en: 'DK-2605-0003: different amount: ours 35.49, theirs 35.50, 0.01 too much',
    state: 'resolved',
    age: 8,
    undo: 'resolved',
    writeOffs: [],
    attachments: [],
    events: [resolvedLine],
    resolution: 'firm-corrects',
    comment: '物业更正为 35.49',
    firstSeen: list,
    lastSeen: list,
    ours: {
      number: 'DK-2605-0003',
      house: '3-2-0201',
      item: '物业服务费',
      period: '2026-05',
      value: '35.49',
      state: 'exported',
    },
    theirs: {
      rowNumber: 4,
      number: 'DK-2605-0003',
      house: '3-2-0201',
      item: '物业服务费',
      period: '2026-05',
      value: '35.50',
      state: 'posted',
      remark: '',
    },
  },
};

export const breakFile: RouteExample = {
  params: { estate: named.estate },
  query: { format: 'csv', state: 'open', olderThan: '7' },
};

export const summary: RouteExample = {
  params: { estate: named.estate },
  answer: {
    ...{ count: 11, value: '200.46', difference: '-62.66', asked: 1, carried: 0 },
    ...{ nobodys: 8, mine: 2, overWeek: 3, overMonth: 0, reversals: 0 },
    toCorrect: { count: 1, difference: '0.01' },
    kinds: [
      { kind: 'missing-there', count: 3, difference: '-90.98' },
      { kind: 'missing-here', count: 1, difference: '18.00' },
    ],
    owners: [{ id: '01890a5d-ac96-774b-bcce-b302099a90d9', name: '沈会计', mine: true }],
  },
};

export const accept: RouteExample = {
  params: { estate: named.estate },
  body: { breaks: [named.askedBreak], comment: '已逐笔与物业核对' },
  answer: { accepted: 1, results: [{ break: named.askedBreak }] },
};

export const undo: RouteExample = {
  params: { break: named.askedBreak },
  answer: difference,
};

export const reverse: RouteExample = {
  answer: difference,
  params: { break: named.writtenOffBreak },
  body: { comment: '物业已更正，不该由物业承担' },
};

export const decline: RouteExample = {
  params: { break: named.colleaguesBreak },
  body: { resolution: 'write-off', comment: '物业答应下个月更正，不用转销' },
  answer: difference,
};

export const own: RouteExample = {
  params: { break: named.askedBreak },
  body: { colleague: null },
  answer: difference,
};

export const say: RouteExample = {
  params: { break: named.askedBreak },
  body: { kind: 'evidence', comment: '物业更正单 2026-118，原件在财务部 6 月凭证夹' },
};

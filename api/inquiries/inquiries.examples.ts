import { named, type RouteExample } from '../platform/index.ts';

const QUESTION = '那天我服务了三个小时，怎么只记了两个小时？';
const ANSWER = '按规则，一次活动最多记两个小时；时长三个小时已经记在服务记录里。';

const about = {
  transaction: named.transaction,
  kind: 'release',
  place: '和美苑（演示）',
  bookedAt: '2026-06-14T02:00:00.000Z',
  effectiveAt: '2026-06-13T13:30:00.000Z',
  reverses: '1099511627914',
  changes: [
    { role: 'pending', unit: 'VOL', amount: '-36' },
    { role: 'available', unit: 'VOL', amount: '36' },
  ],
  text: { zh: '志愿服务：人居环境', en: 'Volunteering: 人居环境' },
};
const asked = { deed: 'ask', text: QUESTION, at: '2026-06-15T04:00:00.000Z', byName: '王*' };
const answered = { deed: 'answer', text: ANSWER, at: '2026-06-16T01:30:00.000Z', byName: '周*' };
const open = {
  id: named.inquiry,
  version: 1,
  state: 'open',
  desk: 'staff',
  place: named.estate,
  placeName: '和美苑（演示）',
  mayReopen: false,
  mayWithdraw: false,
  askedAt: asked.at,
  about,
};
const own = { ...open, words: [{ ...asked, byMe: true }] };
const atDesk = {
  ...open,
  words: [{ ...asked, byMe: false }],
  member: { name: '王*', tail: '0001' },
  recordedByMe: false,
};
const answeredOwn = {
  ...own,
  id: named.answeredInquiry,
  version: 2,
  state: 'answered',
  mayReopen: true,
  mayWithdraw: false,
  words: [...own.words, { ...answered, byMe: false }],
};

export const ask: RouteExample = {
  params: { transaction: named.transaction },
  body: { text: QUESTION },
  answer: own,
};

const atTheDesk = { estate: named.estate, resident: named.person };
const byStaff = { actedBy: { as: 'staff', name: '周*' } };

export const askForResident: RouteExample = {
  params: { ...atTheDesk, transaction: named.latestEntry },
  body: { text: QUESTION, present: true, identified: 'id-card' },
  answer: { ...atDesk, ...byStaff, recordedByMe: true },
};

export const residentInquiries: RouteExample = {
  params: atTheDesk,
  query: { limit: '20' },
  answer: { items: [{ ...atDesk, ...byStaff, recordedByMe: true }] },
};

export const myInquiries: RouteExample = { query: { limit: '20' }, answer: { items: [answeredOwn] } };

export const inquiryFile: RouteExample = {
  params: { place: named.estate },
  query: { format: 'csv', desk: 'staff', waiting: 'yes' },
};

export const deskInquiries: RouteExample = {
  params: { place: named.estate },
  query: { desk: 'staff', waiting: 'yes' },
  answer: { items: [atDesk] },
};

export const waitingInquiries: RouteExample = {
  params: { place: named.estate },
  answer: { desks: [{ desk: 'staff', waiting: 3 }] },
};

export const oneInquiry: RouteExample = { params: { inquiry: named.inquiry }, answer: atDesk };

export const answerInquiry: RouteExample = {
  params: { inquiry: named.inquiry },
  body: { text: ANSWER, version: 1 },
  answer: {
    ...atDesk,
    version: 2,
    state: 'answered',
    words: [...atDesk.words, { ...answered, byMe: true }],
  },
};

export const reopenInquiry: RouteExample = {
  params: { inquiry: named.answeredInquiry },
  body: { text: '可是那天有两场活动，各两个小时。', version: 2 },
  answer: {
    ...answeredOwn,
    version: 3,
    state: 'reopened',
    mayReopen: false,
    mayWithdraw: false,
    words: [
      ...answeredOwn.words,
      {
        deed: 'reopen',
        text: '可是那天有两场活动，各两个小时。',
        at: '2026-06-16T05:00:00.000Z',
        byMe: true,
        byName: '王*',
      },
    ],
  },
};

export const closeInquiry: RouteExample = {
  params: { inquiry: named.answeredInquiry },
  body: { version: 2 },
  answer: {
    ...answeredOwn,
    version: 3,
    state: 'closed',
    mayReopen: false,
    mayWithdraw: false,
    words: [
      ...answeredOwn.words,
      { deed: 'close', at: '2026-06-17T02:00:00.000Z', byMe: true, byName: '王*' },
    ],
  },
};

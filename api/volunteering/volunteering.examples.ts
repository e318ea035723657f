import { named, type RouteExample } from '../platform/index.ts';

const service = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  place: named.community,
  member: { id: named.person, name: '李*', tail: '0001' },
  type: '人居环境',
  startsAt: '2026-06-13T01:00:00.000Z',
  endsAt: '2026-06-13T03:00:00.000Z',
  minutes: 120,
  trust: 'roll-call',
  state: 'waiting',
  points: '36',
  steps: [
    { zh: '服务 2 小时（活动时长 2 小时）', en: 'Served 2 h of an activity of 2 h', value: '2' },
    { zh: '每小时 10 分', en: '10 points an hour', value: '20' },
    { zh: '周六 × 1.5', en: 'Saturday × 1.5', value: '30' },
    { zh: '如果评为“非常满意” × 1.2', en: 'If rated very satisfied × 1.2', value: '36' },
  ],
  recordedByMe: true,
  award: '1099511628042',
};

/** On a working day, and waiting for its rating. */
const weekday = {
  ...service,
  id: named.service,
  startsAt: '2026-06-02T01:00:00.000Z',
  endsAt: '2026-06-02T03:00:00.000Z',
  points: '24',
  steps: [
    { zh: '服务 2 小时（活动时长 2 小时）', en: 'Served 2 h of an activity of 2 h', value: '2' },
    { zh: '每小时 10 分', en: '10 points an hour', value: '20' },
    { zh: '如果评为“非常满意” × 1.2', en: 'If rated very satisfied × 1.2', value: '24' },
  ],
  recordedByMe: false,
};

const rated = {
  ...weekday,
  state: 'released',
  grade: 'very-satisfied',
  steps: [
    ...weekday.steps.slice(0, -1),
    { zh: '评价“非常满意” × 1.2', en: 'Rated very satisfied × 1.2', value: '24' },
  ],
  settled: '1099511628045',
};

export const recordService: RouteExample = {
  params: { place: named.community },
  body: {
    member: named.person,
    type: '人居环境',
    startsAt: '2026-06-13T09:00:00+08:00',
    endsAt: '2026-06-13T11:00:00+08:00',
    attendedFrom: '2026-06-13T08:55:00+08:00',
    attendedTo: '2026-06-13T11:02:00+08:00',
    trust: 'roll-call',
  },
  answer: service,
};

export const listServices: RouteExample = {
  params: { place: named.estate },
  query: { state: 'released' },
  answer: { items: [{ ...rated, place: named.estate }] },
};

export const myServices: RouteExample = {
  query: { limit: '20', state: 'released' },
  answer: { items: [{ ...service, recordedByMe: false }] },
};

export const oneService: RouteExample = { params: { service: named.service }, answer: weekday };

export const rateService: RouteExample = {
  params: { service: named.service },
  body: { grade: 'very-satisfied' },
  answer: rated,
};

export const voidService: RouteExample = {
  params: { service: named.service },
  body: { reason: '登记到了别人名下' },
  answer: {
    ...weekday,
    state: 'voided',
    points: '0',
    voided: { reason: '登记到了别人名下', transaction: '1099511628046' },
  },
};

export const servicesOfToday: RouteExample = {
  params: { place: named.estate },
  answer: { items: [{ ...service, place: named.estate }], more: false },
};

export const serviceFile: RouteExample = {
  params: { place: named.estate },
  query: { format: 'csv', state: 'released' },
};

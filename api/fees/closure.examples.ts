import { named, type RouteExample } from '../platform/index.ts';

const closure = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  place: named.merchant,
  month: '2025-12',
  state: 'closed',
  edition: 1,
  at: '2026-06-20T04:00:00.000Z',
};

export const askToClose: RouteExample = {
  params: { place: named.merchant },
  body: { month: '2025-12' },
  answer: { id: closure.id, month: '2025-12', mine: true, at: closure.at },
};

export const approveClosing: RouteExample = {
  params: { request: named.closureRequest },
  answer: { ...closure, place: named.community },
};

export const withdrawClosing: RouteExample = { params: { request: named.closureRequest } };

export const nextClosure: RouteExample = {
  params: { place: named.estate },
  answer: {
    month: '2026-06',
    over: true,
    offsets: { count: 3, value: '106.47', concession: '0.00' },
    notHandedOver: 0,
    openBreaks: { count: 1, value: '0.01', difference: '0.01' },
  },
};

export const listClosures: RouteExample = {
  params: { place: named.merchant },
  query: { limit: '20' },
  answer: { items: [closure] },
};

export const reopenMonth: RouteExample = {
  params: { closure: named.closure },
  body: { reason: '物业补报了一笔' },
  answer: {
    ...closure,
    id: named.closure,
    place: named.community,
    state: 'reopened',
    reason: '物业补报了一笔',
  },
};

export const closingsOfBook: RouteExample = {
  params: { book: '1' },
  query: { limit: '20', after: '0' },
  answer: {
    items: [
      {
        ...{ id: closure.id, place: { id: named.estate, name: '和美苑（演示）' }, month: '2026-05' },
        ...{ deed: 'closed', transaction: '1099511630377' },
      },
    ],
  },
};

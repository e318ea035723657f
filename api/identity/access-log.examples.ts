import { named, type RouteExample } from '../platform/index.ts';

export const listAccessLog: RouteExample = {
  params: { place: named.estate },
  query: { limit: '20', action: 'unmask' },
  answer: {
    items: [
      {
        ...{ id: '01890a5d-ac96-774b-bcce-b302099a9012', at: '2026-06-20T04:00:00.000Z', action: 'unmask' },
        ...{ actor: `person:${named.person}`, actorName: '周敏' },
        ...{ subject: `person:${named.neighbour}`, subjectName: '王*', reason: '本人来窗口核对电话' },
      },
    ],
  },
};

export const accessLogFile: RouteExample = { params: { place: named.estate }, query: { format: 'csv' } };

export const loggedWithPhone: RouteExample = {
  params: { place: named.estate },
  body: { phone: '138 0000 0001' },
  answer: { people: [] },
};

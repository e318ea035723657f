import { named, type RouteExample } from '../platform/index.ts';

export const listDivisions: RouteExample = {
  query: { under: '410202' },
  answer: { items: [{ code: '410202008', name: '金明池街道' }] },
};

export const foundBook: RouteExample = {
  body: { street: '410202008', community: '金康社区' },
  answer: { book: 1, street: named.street, community: named.community },
};

export const applyTemplate: RouteExample = {
  params: { community: named.community },
  body: { reason: '居民代表会议 2026 年第 3 号决议' },
  answer: { rules: 3, funds: 2, agreements: 2, agreementsLeft: 0 },
};

const place = (id: string, name: string) => ({ id, name });
export const checklist: RouteExample = {
  params: { community: named.community },
  answer: {
    community: place(named.community, '金康社区'),
    root: { ...place(named.street, '金明池街道'), kind: 'street' },
    estates: [place(named.estate, '和美苑（演示）')],
    firms: [],
    merchants: [place(named.merchant, '和美积分超市')],
    vacant: ['accountant'],
    steps: [
      { step: 'estate', count: 1, done: true, missing: [] },
      {
        ...{ step: 'roster', count: 0, done: false },
        missing: [{ what: 'roster', place: place(named.estate, '和美苑（演示）') }],
      },
    ],
  },
};

import { named, type RouteExample } from '../../platform/index.ts';

const head = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  book: 1,
  state: 'running',
  done: 0,
  of: 0,
  startedAt: '2026-06-20T04:00:00.000Z',
  startedBy: `person:${named.person}`,
  startedByName: '韩*',
  findingCount: 0,
};

const ended = {
  ...head,
  id: named.verification,
  state: 'right',
  done: 254,
  of: 254,
  endedAt: '2026-06-20T04:00:01.000Z',
  transactions: 254,
  entries: 1144,
  rules: { checked: 4, byIdOnly: 0 },
  rows: 87,
  files: 4,
  root: 'e9fc86e1c724495a9bfaae6a48f32bf6e99181de943daf615c46c3b6ce2b0392',
};

export const listBooks: RouteExample = {
  answer: { items: [{ book: 1, place: named.street, name: '金明池街道' }] },
};

export const startVerification: RouteExample = { params: { book: '1' }, answer: { ...head, findings: [] } };

export const listVerifications: RouteExample = {
  params: { book: '1' },
  query: { limit: '20' },
  answer: { items: [ended] },
};

export const oneVerification: RouteExample = {
  params: { book: '1', verification: named.verification },
  answer: { ...ended, findings: [] },
};

import { named, type RouteExample } from '../platform/index.ts';

const estateName = '和美苑（演示）';
const house = { id: named.house, estate: named.estate, code: '3-2-0501', name: '3栋2单元0501' };
const SEEN = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';

const home = {
  ...{ id: named.residency, version: 1, house, estateName, relation: 'owner' },
  ...{ since: '2024-05-01', goesOn: true },
};
const shown = { name: '王*', erased: false, version: 1 };
const unlinked = { canSignIn: false, openLinks: 0 };
const keeper = {
  ...{ id: named.keeper, ...shown, phone: '138****0001', residencies: [home], roles: [] },
  ...{ hasPoints: true, ...unlinked },
};
const duplicate = {
  ...{ id: named.duplicate, ...shown, phone: '138****0002', residencies: [home], roles: [] },
  ...{ hasPoints: false, ...unlinked },
};
const comparisonAnswer = {
  ...{ keeper, duplicate, alike: { name: true, phone: false }, seen: SEEN },
  plan: {
    ...{ residenciesMoved: 0, residenciesCollapsed: 1, rolesMoved: 0, rolesEnded: 0 },
    ...{ signIn: 'none', phone: false, links: 0 },
  },
};

export const namesakes: RouteExample = {
  params: { person: named.keeper },
  answer: {
    items: [
      {
        ...{ person: named.duplicate, name: '王*', phone: '138****0002', why: 'house' },
        ...{ homes: ['3栋2单元0501'], roles: 0 },
      },
    ],
  },
};

export const comparison: RouteExample = {
  params: { person: named.keeper, other: named.duplicate },
  answer: comparisonAnswer,
};

export const askToMerge: RouteExample = {
  params: { person: named.keeper },
  body: {
    duplicate: named.duplicate,
    reason: '本人核对：花名册里手机号写错了一位',
    seen: named.seenTogether,
  },
  answer: { id: named.personMerge },
};

const asked = {
  ...{ id: named.personMerge, version: 1, state: 'waiting', place: named.estate, placeName: estateName },
  keeper: { person: named.keeper, name: '王*', phone: '138****0001' },
  duplicate: { person: named.duplicate, name: '王*', phone: '138****0002' },
  ...{ reason: '本人核对：花名册里手机号写错了一位', askedBy: `person:${named.person}` },
  ...{ askedByName: '李*', askedAt: '2026-06-15T04:00:00.000Z' },
};

export const mergeFile: RouteExample = {
  params: { place: named.community },
  query: { format: 'csv', state: 'waiting' },
};

export const listMerges: RouteExample = {
  params: { place: named.community },
  answer: { items: [asked] },
};

export const oneMerge: RouteExample = {
  params: { merge: named.personMerge },
  answer: { ...asked, comparison: comparisonAnswer },
};

export const approveMerge: RouteExample = {
  params: { merge: named.personMerge },
  body: { version: 1, seen: named.seenWaiting },
  answer: { version: 2, keeper: named.keeper },
};

export const refuseMerge: RouteExample = {
  params: { merge: named.personMerge },
  body: { version: 1, answer: '是父子两人，同名' },
  answer: { version: 2, keeper: named.keeper },
};

export const withdrawMerge: RouteExample = {
  params: { merge: named.ownMerge },
  body: { version: 1 },
  answer: { version: 2, keeper: named.keeper },
};

import { named, type RouteExample } from '../platform/index.ts';

const shop = { id: named.merchant, parent: named.community, kind: 'merchant', name: '和美积分超市（演示）' };

const home = { id: named.house, estate: named.estate, code: '3-2-0501', name: '3栋2单元0501' };

export const myPlaces: RouteExample = {
  answer: {
    items: [
      {
        id: named.estate,
        parent: named.community,
        kind: 'estate',
        name: '和美苑（演示）',
        roles: ['member'],
      },
    ],
  },
};

const corrected = { ...shop, name: '桂香早餐店（二店）', version: 2 };

export const onePlace: RouteExample = {
  params: { place: named.merchant },
  answer: { ...shop, version: 1 },
};

export const renamePlace: RouteExample = {
  params: { place: named.merchant },
  body: { name: corrected.name, version: 1 },
  answer: corrected,
};

export const listChildren: RouteExample = {
  params: { place: named.community },
  query: { kind: 'merchant' },
  answer: { items: [shop] },
};

export const addPlace: RouteExample = {
  params: { place: named.community },
  body: { kind: 'merchant', name: '桂香早餐店' },
  answer: { ...shop, id: '01890a5d-ac96-774b-bcce-b302099a9010', name: '桂香早餐店' },
};

export const listHouses: RouteExample = {
  params: { estate: named.estate },
  query: { house: '3-2-0501' },
  answer: { items: [home] },
};

export const listResidents: RouteExample = {
  params: { house: named.house },
  query: { day: '2026-06-20' },
  answer: { items: [{ person: named.person, name: '李*', tail: '0001', relation: 'owner' }] },
};

export const myHouses: RouteExample = {
  answer: { items: [{ ...home, relation: 'owner', estateName: '和美苑（演示）' }] },
};

export const household: RouteExample = {
  answer: {
    items: [
      {
        ...{ ...home, estateName: '和美苑（演示）', relation: 'owner', since: '2024-05-01' },
        ...{ others: [{ name: '王*', relation: 'family' }], othersMore: false },
      },
    ],
    more: false,
  },
};

const known = { person: named.person, name: '李*', tail: '0001' };

export const findResidents: RouteExample = {
  params: { estate: named.estate },
  query: { find: '3-2-0501' },
  answer: { items: [{ ...known, relation: 'owner', house: home }] },
};

export const registerResident: RouteExample = {
  params: { estate: named.estate },
  body: {
    ...{ house: '3-2-0501', name: '王小明', phone: '13800000001', relation: 'family' },
    ...{ since: '2026-06-20', confirm: ['new-houses'] },
  },
  answer: { person: '01890a5d-ac96-774b-bcce-b302099a90d0', isNew: true },
};

export const getResident: RouteExample = {
  params: { estate: named.estate, resident: named.person },
  answer: { ...known, canSignIn: true, homes: [{ ...home, relation: 'owner' }] },
};

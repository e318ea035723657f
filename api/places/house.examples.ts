import { named, type RouteExample } from '../platform/index.ts';

const house = { id: named.house, estate: named.estate, code: '3-2-0501', name: '3栋2单元0501' };

export const listOccupancy: RouteExample = {
  params: { estate: named.estate },
  query: { limit: '20', state: 'all' },
  answer: { items: [{ house, owners: ['李**'], people: 2, tenants: 0 }] },
};

export const occupancyFile: RouteExample = {
  params: { estate: named.estate },
  query: { format: 'csv', state: 'vacant' },
};

export const oneHouse: RouteExample = {
  params: { house: named.house },
  answer: {
    ...{ house, estateName: '和美苑', more: false },
    links: [
      {
        ...{ id: '01890a5d-ac96-774b-bcce-b302099a90d1', person: named.person, name: '李**' },
        ...{ tail: '0001', relation: 'owner', since: '2024-05-01', state: 'now' },
      },
    ],
  },
};

export const sellHouse: RouteExample = {
  params: { house: named.house },
  body: { name: '周大年', phone: '13700002222', day: '2026-07-01' },
  answer: { person: '01890a5d-ac96-774b-bcce-b302099a90d2', ended: 2 },
};

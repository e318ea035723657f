import { named, type RouteExample } from '../platform/index.ts';

const house = { id: named.house, estate: named.estate, code: '3-2-0501', name: '3栋2单元0501' };

export const onePerson: RouteExample = {
  params: { person: named.neighbour },
  answer: {
    id: named.neighbour,
    name: '王*',
    phone: '138****0001',
    erased: false,
    version: 1,
    residencies: [
      {
        ...{ id: named.residency, version: 1, house, estateName: '和美苑（演示）', relation: 'owner' },
        ...{ since: '2024-05-01', goesOn: true },
      },
    ],
    roles: [
      {
        ...{ id: named.grant, role: 'member', place: named.estate, placeName: '和美苑（演示）' },
        validFrom: '2025-11-30T16:00:00.000Z',
      },
    ],
  },
};

export const unmask: RouteExample = {
  params: { person: named.neighbour },
  body: { reason: '本人来窗口核对电话' },
  answer: { name: '王小明', phone: '13800000001' },
};

export const correctPerson: RouteExample = {
  params: { person: named.neighbour },
  body: { version: 1, name: '王晓明', phone: '13800000001' },
  answer: { version: 2 },
};

export const addResidency: RouteExample = {
  params: { person: named.neighbour },
  body: { house: named.house, relation: 'tenant', since: '2026-06-01' },
  answer: { id: named.residency },
};

export const endResidency: RouteExample = {
  params: { residency: named.residency },
  body: { until: '2026-06-20', reason: 'moving', version: 1 },
  answer: { version: 2 },
};

import { named, type RouteExample } from '../platform/index.ts';

const clerk = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  person: '01890a5d-ac96-774b-bcce-b302099a9011',
  place: named.merchant,
  role: 'clerk',
  validFrom: '2025-11-30T16:00:00.000Z',
};

export const me: RouteExample = {
  answer: {
    person: { id: named.person, name: '李慧芳', username: 'volunteer' },
    roles: [{ role: 'member', place: named.estate }],
  },
};

export const listRoles: RouteExample = {
  params: { place: named.merchant },
  query: { limit: '20', sort: 'newest', state: 'running' },
  answer: {
    items: [{ ...clerk, name: '孙晓梅', grantedBy: '冯永强', endable: true }],
    mayGive: ['clerk'],
  },
};

export const rolesFile: RouteExample = { params: { place: named.merchant }, query: { format: 'csv' } };

export const giveRole: RouteExample = {
  params: { place: named.merchant },
  body: { person: named.person, role: 'clerk' },
  answer: { ...clerk, person: named.person, validFrom: '2026-06-20T04:00:00.000Z' },
};

export const endRole: RouteExample = { params: { grant: named.grant } };

export const dateRole: RouteExample = {
  params: { grant: named.grant },
  body: { validTo: '2026-12-31T16:00:00.000Z' },
  answer: { ...clerk, id: named.grant, person: named.person, validTo: '2026-12-31T16:00:00.000Z' },
};

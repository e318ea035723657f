import { named, type RouteExample } from '../platform/index.ts';

const person = '01890a5d-ac96-774b-bcce-b302099a9021';
const endsAt = '2026-07-04T04:00:00.000Z';
const invited = { person, canSignIn: false, invitation: named.invitation, token: named.link, endsAt };

export const invite: RouteExample = {
  params: { place: named.merchant },
  body: { name: '何晓燕', phone: '13911112222', role: 'clerk' },
  answer: invited,
};

export const listInvitations: RouteExample = {
  params: { place: named.merchant },
  query: { limit: '20' },
  answer: {
    items: [
      {
        ...{ id: named.invitation, person, place: named.merchant, name: '何晓燕', roles: ['clerk'] },
        ...{ state: 'open', createdAt: '2026-06-20T04:00:00.000Z', endsAt },
      },
    ],
  },
};

export const inviteResident: RouteExample = {
  params: { estate: named.estate, resident: named.resident },
  answer: { ...invited, person: named.resident },
};

export const inviteAgain: RouteExample = { params: { invitation: named.invitation }, answer: invited };

export const cancelInvitation: RouteExample = { params: { invitation: named.invitation } };

export const lookAtLink: RouteExample = {
  body: { token: named.link },
  answer: { name: '何晓燕', roles: [{ role: 'clerk', place: '和美积分超市' }], endsAt },
};

export const acceptInvitation: RouteExample = {
  body: { token: named.link, username: 'he.xiaoyan', password: 'summer 2026 lotus' },
  answer: { person },
};

export const lookAtSetUp: RouteExample = { body: { token: named.setUpLink } };

export const setUp: RouteExample = {
  body: { token: named.setUpLink, name: '林建平', username: 'lin.jianping', password: 'winter 2026 plum' },
  answer: { person },
};

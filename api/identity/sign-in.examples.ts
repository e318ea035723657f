import { named, type RouteExample } from '../platform/index.ts';

export const signIn: RouteExample = {
  body: { username: named.username, password: named.password, rememberMe: true },
  answer: { person: '01890a5d-ac96-774b-bcce-b302099a9010' },
};

export const signOut: RouteExample = {};

export const changePassword: RouteExample = {
  body: { currentPassword: named.password, newPassword: 'autumn 2026 persimmon' },
};

export const helpIn: RouteExample = {
  params: { person: named.neighbour },
  body: { username: 'li.jianguo', password: 'summer 2026 lotus' },
};

export const ownSignIn: RouteExample = {
  answer: { hasPassword: true, passwordGiven: { by: 'staff', at: '2026-06-20T04:00:00.000Z', again: true } },
};

export const askForCode: RouteExample = {
  body: { phone: named.phone },
  answer: { challenge: named.phoneChallenge, number: '47' },
};

export const signInByCode: RouteExample = {
  body: { challenge: named.phoneChallenge, code: named.phoneCode },
  answer: { person: named.neighbour },
};

export const choosePerson: RouteExample = {
  body: { ticket: named.phoneTicket, person: named.sharer },
  answer: { person: named.sharer },
};

export const askForOwnCode: RouteExample = { answer: { challenge: named.ownChallenge, number: '47' } };

export const firstPassword: RouteExample = {
  body: {
    ...{ challenge: named.ownChallenge, code: named.ownCode },
    ...{ username: 'chen.guilan', password: 'spring 2026 magnolia' },
  },
};

import { toldCookie } from '$lib/account/password-given.ts';
import { api } from '$lib/api.ts';
import { findDemoPeople } from '$lib/demo.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { me, display, locale }, fetch, cookies, url }) => {
  const isMember = me?.roles.some(({ role }) => role === 'member') === true;
  const [demo, passwordGiven, unread, unitNames] = await Promise.all([
    findDemoPeople(fetch),
    me === null ? null : findPasswordGiven(fetch),
    // Asking where the resident is makes it asked again on the next page: a bell must not ring for what was read.
    isMember && url.pathname !== '' ? countUnread(fetch) : null,
    findUnitNames(fetch),
  ]);
  return {
    me,
    display,
    locale,
    demo,
    passwordGiven,
    unread,
    unitNames,
    passwordTold: cookies.get(toldCookie),
  };
};

/** How many messages a resident has not read; the bell stands without a number where it could not be asked. */
async function countUnread(fetch: typeof globalThis.fetch): Promise<number> {
  const response = await api(fetch).v1.me['unread-notices'].$get();
  return response.ok ? (await response.json()).unread : 0;
}

/** No page fails because this could not be asked; the next one will say it. */
async function findPasswordGiven(fetch: typeof globalThis.fetch) {
  const response = await api(fetch).v1.me['sign-in'].$get();
  return response.ok ? ((await response.json()).passwordGiven ?? null) : null;
}

/** A kind of points that could not be named is shown by its code. */
async function findUnitNames(fetch: typeof globalThis.fetch) {
  const response = await api(fetch).v1['unit-names'].$get();
  return response.ok ? (await response.json()).items : [];
}

import { toldCookie } from '$lib/account/password-given.ts';
import { api } from '$lib/api.ts';
import { findDemoPeople } from '$lib/demo.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { me, display, locale }, fetch, cookies }) => {
  const [demo, passwordGiven] = await Promise.all([
    findDemoPeople(fetch),
    me === null ? null : findPasswordGiven(fetch),
  ]);
  return { me, display, locale, demo, passwordGiven, passwordTold: cookies.get(toldCookie) };
};

/** No page fails because this could not be asked; the next one will say it. */
async function findPasswordGiven(fetch: typeof globalThis.fetch) {
  const response = await api(fetch).v1.me['sign-in'].$get();
  return response.ok ? ((await response.json()).passwordGiven ?? null) : null;
}

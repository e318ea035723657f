import type { Cookies } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';

/** Which shop this till stands in, for a clerk of several. */
export const outletCookie = 'linli-outlet';

export type Outlet = { id: string; name: string; isManager: boolean };

/** The shops where this person works, and the one chosen on this device. */
export async function findOutlets(
  fetch: typeof globalThis.fetch,
  cookies: Cookies,
): Promise<{ outlet: Outlet | null; outlets: Outlet[] }> {
  const { items } = await readOrFail(api(fetch).v1.places.$get());
  const outlets = items
    .filter(({ roles }) => roles.includes('clerk') || roles.includes('merchant_manager'))
    .map(({ id, name, roles }) => ({ id, name, isManager: roles.includes('merchant_manager') }));
  const chosen = cookies.get(outletCookie);
  return { outlet: outlets.find(({ id }) => id === chosen) ?? outlets[0] ?? null, outlets };
}

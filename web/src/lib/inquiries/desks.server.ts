import { api } from '$lib/api.ts';
import { estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Me } from '$lib/session.ts';
import type { Desk } from './words.ts';

export type DeskAt = { desk: Desk; place: string; name: string };

/** Every desk at which this person answers, in the order of the posts. */
export async function desksOf(fetch: typeof globalThis.fetch, me: Me): Promise<DeskAt[]> {
  const holds = (role: string) => me.roles.some((grant) => grant.role === role);
  const estatesFor = async (desk: Desk, role: 'staff' | 'accountant') =>
    holds(role) ? (await estatesOf(fetch, [role])).map(({ id, name }) => ({ desk, place: id, name })) : [];
  const [staff, shops, fees] = await Promise.all([
    estatesFor('staff', 'staff'),
    holds('merchant_manager') ? shopsOf(fetch) : [],
    estatesFor('fees', 'accountant'),
  ]);
  return [...staff, ...shops, ...fees];
}

async function shopsOf(fetch: typeof globalThis.fetch): Promise<DeskAt[]> {
  const { items } = await readOrFail(api(fetch).v1.places.$get());
  return items
    .filter(({ roles }) => roles.includes('merchant_manager'))
    .map(({ id, name }) => ({ desk: 'shop' as const, place: id, name }));
}

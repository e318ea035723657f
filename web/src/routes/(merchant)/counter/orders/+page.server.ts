import { api } from '$lib/api.ts';
import { findOutlets } from '$lib/counter/outlet.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

const STATES = ['placed', 'collected', 'cancelled', 'expired'] as const;

export const load: PageServerLoad = async ({ fetch, cookies, url }) => {
  const { outlet } = await findOutlets(fetch, cookies);
  const state = STATES.find((one) => one === url.searchParams.get('state')) ?? 'placed';
  if (outlet === null) return { outlet, state, orders: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const { orders } = api(fetch).v1.merchants[':place'];
  const query = { limit: '20', state, ...(cursor !== null && { cursor }) };
  const { items, next } = await readOrFail(orders.$get({ param: { place: outlet.id }, query }));
  return { outlet, state, orders: items, next: next ?? null };
};

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const cursor = url.searchParams.get('cursor');
  const query = { limit: '20', ...(cursor !== null && { cursor }) };
  const { items, next } = await readOrFail(api(fetch).v1.me.orders.$get({ query }));
  return { orders: items, next: next ?? null };
};

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const cursor = url.searchParams.get('cursor');
  const state = wordOf(url, 'state', ['waiting']) ?? null;
  const query = { limit: '20', ...(cursor !== null && { cursor }), ...(state !== null && { state }) };
  const page = await readOrFail(api(fetch).v1.me.services.$get({ query }));
  return { services: page.items, next: page.next ?? null, state };
};

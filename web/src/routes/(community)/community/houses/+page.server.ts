import { api } from '$lib/api.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['staff', 'operator']);
  const estate = chosenEstate(estates, url) ?? null;
  const state = wordOf(url, 'state', ['all', 'vacant', 'let']) ?? 'all';
  if (estate === null) return { estates, estate, state, houses: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const { items, next = null } = await readOrFail(
    api(fetch).v1.estates[':estate'].occupancy.$get({
      param: { estate: estate.id },
      query: { state, limit: '50', ...(cursor !== null && { cursor }) },
    }),
  );
  return { estates, estate, state, houses: items, next };
};

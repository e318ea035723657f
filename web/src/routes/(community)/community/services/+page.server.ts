import { api } from '$lib/api.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import { serviceSorts, states } from '$lib/volunteering/words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['staff', 'leader']);
  const estate = chosenEstate(estates, url);
  const state = wordOf(url, 'state', states) ?? 'waiting';
  const sort = wordOf(url, 'sort', serviceSorts) ?? serviceSorts[0];
  const cursor = url.searchParams.get('cursor');
  if (estate === undefined)
    return { estates, estate: null, state, sort, services: [], next: null, more: false };
  const { items, next } = await readOrFail(
    api(fetch).v1.places[':place'].services.$get({
      param: { place: estate.id },
      query: { state, sort, ...(cursor === null ? {} : { cursor }) },
    }),
  );
  return { estates, estate, state, sort, services: items, next: next ?? null, more: cursor !== null };
};

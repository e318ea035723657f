import { api } from '$lib/api.ts';
import { mergeStates } from '$lib/people/merge-words.ts';
import { chosenPlace, placeAround, placesWith } from '$lib/people/places.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const mine = await placesWith(fetch, ['staff', 'operator']);
  const id = chosenPlace(mine, url);
  const state = wordOf(url, 'state', mergeStates) ?? 'waiting';
  const cursor = url.searchParams.get('cursor');
  const more = cursor !== null;
  if (id === undefined) return { mine, around: null, state, merges: [], next: null, more };
  const [around, { items, next }] = await Promise.all([
    placeAround(fetch, id),
    readOrFail(
      api(fetch).v1.places[':place'].merges.$get({
        param: { place: id },
        query: { state, ...(cursor === null ? {} : { cursor }) },
      }),
    ),
  ]);
  return { mine, around, state, merges: items, next: next ?? null, more };
};

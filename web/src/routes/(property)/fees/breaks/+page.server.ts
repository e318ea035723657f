import { api } from '$lib/api.ts';
import { sortsByValue } from '$lib/fees/words.ts';
import { resolveBreak } from '$lib/fees/resolve.server.ts';
import { newKey } from '$lib/idempotency.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import { groups } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  const state = wordOf(url, 'state', ['open', 'resolved']) ?? 'open';
  const sort = wordOf(url, 'sort', sortsByValue) ?? sortsByValue[0];
  const key = newKey();
  if (estate === null) return { estates, estate, state, sort, key, breaks: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const { items, next } = await readOrFail(
    api(fetch).v1.estates[':estate'].breaks.$get({
      param: { estate: estate.id },
      query: { state, sort, ...(cursor === null ? {} : { cursor }) },
    }),
  );
  return { estates, estate, state, sort, key, breaks: items, next: next ?? null };
};

export const actions: Actions = { resolve: resolveBreak };

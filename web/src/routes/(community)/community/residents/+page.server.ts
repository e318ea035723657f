import { api } from '$lib/api.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['staff', 'operator']);
  const estate = chosenEstate(estates, url) ?? null;
  const find = (url.searchParams.get('find') ?? '').trim().slice(0, 60);
  const base = { estates, estate, find };
  if (estate === null || find === '') return { ...base, residents: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const { items, next = null } = await readOrFail(
    api(fetch).v1.estates[':estate'].residents.$get({
      param: { estate: estate.id },
      query: { find, ...(cursor !== null && { cursor }) },
    }),
  );
  return { ...base, residents: items, next };
};

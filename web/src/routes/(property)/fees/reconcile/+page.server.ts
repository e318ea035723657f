import { api } from '$lib/api.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  if (estate === null) return { estates, estate, imports: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const { items, next } = await readOrFail(
    api(fetch).v1.estates[':estate'].imports.$get({
      param: { estate: estate.id },
      query: { kind: 'posted-list', ...(cursor === null ? {} : { cursor }) },
    }),
  );
  return { estates, estate, imports: items, next: next ?? null };
};

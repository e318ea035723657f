import { api } from '$lib/api.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  if (estate === null) return { estates, estate, statement: null };
  const place = api(fetch).v1.places[':place'];
  const statement = await readOrFail(place['preliminary-statement'].$get({ param: { place: estate.id } }));
  return { estates, estate, statement };
};

import { api } from '$lib/api.ts';
import { firmIn } from '$lib/closing/papers.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  if (estate === null) return { estates, estate, voucher: null };
  const place = api(fetch).v1.places[':place'];
  const voucher = await readOrFail(
    place['preliminary-voucher'].$get({ param: { place: estate.id }, query: firmIn(url) }),
  );
  return { estates, estate, voucher };
};

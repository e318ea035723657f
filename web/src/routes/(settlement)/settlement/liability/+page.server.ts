import { api } from '$lib/api.ts';
import { chosenPayer } from '$lib/programme/payers.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { firstMonth, monthIn, presentMonth } from '$lib/settlement/months.ts';
import { fundPlaces } from '$lib/settlement/tabs.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { me } = await parent();
  const places = await fundPlaces(fetch, me);
  const place = chosenPayer(places, url) ?? null;
  const month = monthIn(url, presentMonth());
  const base = { me, places, place, month, first: firstMonth(), last: presentMonth() };
  if (place === null) return { ...base, liability: null };
  const liability = await readOrFail(
    api(fetch).v1.places[':place'].liability.$get({ param: { place: place.id }, query: { month } }),
  );
  return { ...base, liability };
};

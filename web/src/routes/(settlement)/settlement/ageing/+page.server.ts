import { api } from '$lib/api.ts';
import { chosenPayer, payersOf } from '$lib/programme/payers.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { rolesOf } from '$lib/settlement/tabs.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { me } = await parent();
  const places = await payersOf(fetch, rolesOf('ageing'));
  const place = chosenPayer(places, url) ?? null;
  if (place === null) return { me, places, place, ageing: null };
  const ageing = await readOrFail(api(fetch).v1.places[':place'].ageing.$get({ param: { place: place.id } }));
  return { me, places, place, ageing };
};

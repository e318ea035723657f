import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { monthLater } from '$lib/disclosure/months.ts';
import { chosenPayer } from '$lib/programme/payers.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { firstMonth, monthIn, presentMonth } from '$lib/settlement/months.ts';
import { fundPlaces } from '$lib/settlement/tabs.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { me, tabs } = await parent();
  // Of a firm that pays for nothing, the first page is the report.
  if (!tabs.includes('funds')) redirect(307, '/settlement/offsets');
  const places = await fundPlaces(fetch, me);
  const place = chosenPayer(places, url) ?? null;
  const month = monthIn(url, monthLater(presentMonth(), -1));
  const base = { me, places, place, month, first: firstMonth(), last: presentMonth() };
  if (place === null) return { ...base, funds: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const { items, next = null } = await readOrFail(
    api(fetch).v1.places[':place']['fund-months'].$get({
      param: { place: place.id },
      query: { month, ...(cursor === null ? {} : { cursor }) },
    }),
  );
  return { ...base, funds: items, next };
};

import { api } from '$lib/api.ts';
import { monthLater } from '$lib/disclosure/months.ts';
import { readOrFail } from '$lib/read.server.ts';
import { firstMonth, monthIn, presentMonth } from '$lib/settlement/months.ts';
import { settlingPlaces } from '$lib/settlement/tabs.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { me } = await parent();
  const parties = (await settlingPlaces(fetch)).filter(({ kind }) => kind === 'clearing');
  const place = parties.find(({ id }) => id === url.searchParams.get('place')) ?? parties[0] ?? null;
  const month = monthIn(url, monthLater(presentMonth(), -1));
  const base = { me, month, first: firstMonth(), last: presentMonth() };
  if (place === null) return { ...base, clearing: null };
  const of = api(fetch).v1.places[':place']['clearing-months'][':month'];
  return { ...base, clearing: await readOrFail(of.$get({ param: { place: place.id, month } })) };
};

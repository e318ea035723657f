import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { holds } from '$lib/session.ts';
import { waitingForMe } from '$lib/waiting/waiting.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, locals: { me } }) => {
  // The list of services stood here before it had a page of its own.
  if (url.searchParams.has('state') || url.searchParams.has('cursor'))
    redirect(308, `/community/services${url.search}`);
  const [estates, waiting] = await Promise.all([estatesOf(fetch, ['staff', 'leader']), waitingForMe(fetch)]);
  const estate = chosenEstate(estates, url) ?? null;
  const base = { estates, estate, waiting };
  if (estate === null) return { ...base, today: { items: [], more: false }, budgets: null };
  const place = api(fetch).v1.places[':place'];
  const param = { place: estate.id };
  const [today, budgets] = await Promise.all([
    readOrFail(place['services-of-today'].$get({ param })),
    // A leader records and rates, and sees no budgets.
    holds(me, 'staff') ? readOrFail(place['budget-outlook'].$get({ param })) : null,
  ]);
  return { ...base, today, budgets: budgets?.items ?? null };
};

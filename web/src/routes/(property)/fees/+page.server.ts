import { api } from '$lib/api.ts';
import { monthsAround } from '$lib/fees/months.ts';
import { billStates } from '$lib/fees/words.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['accountant']);
  const estate = chosenEstate(estates, url) ?? null;
  const months = monthsAround(Date.now(), { ahead: 1, back: 5 });
  const asked = url.searchParams.get('period');
  const period = months.find((month) => month === asked) ?? months[1] ?? '';
  const state = billStates.find((word) => word === url.searchParams.get('state')) ?? null;
  const house = (url.searchParams.get('house') ?? '').trim().slice(0, 40);
  const shown = { estates, months, period, state, house };
  if (estate === null) return { ...shown, estate, bills: [], next: null, totals: null };
  const cursor = url.searchParams.get('cursor');
  const param = { estate: estate.id };
  const filter = { period, ...(state === null ? {} : { state }), ...(house === '' ? {} : { house }) };
  const of = api(fetch).v1.estates[':estate'];
  const [{ items, next = null }, totals] = await Promise.all([
    readOrFail(
      of.bills.$get({ param, query: { ...filter, limit: '50', ...(cursor === null ? {} : { cursor }) } }),
    ),
    readOrFail(of['bill-totals'].$get({ param, query: filter })),
  ]);
  return { ...shown, estate, bills: items, next, totals };
};

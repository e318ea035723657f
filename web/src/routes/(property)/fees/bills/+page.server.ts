import { error } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { monthsAround, monthsToChoose } from '$lib/fees/months.ts';
import { billSorts, billStates } from '$lib/fees/words.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import { groups } from '$lib/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  const months = monthsAround(Date.now(), { ahead: 1, back: 5 });
  const asked = url.searchParams.get('period') || null;
  if (asked !== null && !/^20\d{2}-(0[1-9]|1[0-2])$/.test(asked)) error(400, m.error_address_title());
  const period = asked ?? months[1] ?? '';
  // A month further back is chosen beside the search; the list shows it all the same.
  const listed = months.includes(period) ? months : [...months, period];
  const everyMonth = monthsToChoose(Date.now(), period);
  const state = wordOf(url, 'state', billStates) ?? null;
  const sort = wordOf(url, 'sort', billSorts) ?? billSorts[0];
  const house = (url.searchParams.get('house') ?? '').trim().slice(0, 40);
  const shown = { estates, months: listed, everyMonth, period, state, sort, house };
  if (estate === null) return { ...shown, estate, bills: [], next: null, totals: null };
  const cursor = url.searchParams.get('cursor');
  const param = { estate: estate.id };
  const filter = { period, ...(state === null ? {} : { state }), ...(house === '' ? {} : { house }) };
  const of = api(fetch).v1.estates[':estate'];
  const [{ items, next = null }, totals] = await Promise.all([
    readOrFail(
      of.bills.$get({
        param,
        query: { ...filter, sort, limit: '50', ...(cursor === null ? {} : { cursor }) },
      }),
    ),
    readOrFail(of['bill-totals'].$get({ param, query: filter })),
  ]);
  return { ...shown, estate, bills: items, next, totals };
};

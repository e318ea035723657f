import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenPayer } from '$lib/programme/payers.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { settlingPlaces } from '$lib/settlement/tabs.server.ts';
import type { Actions, PageServerLoad } from './$types';

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { me } = await parent();
  const places = await settlingPlaces(fetch);
  const place = chosenPayer(places, url) ?? null;
  const side = url.searchParams.get('side') === 'payer' ? ('payer' as const) : ('payee' as const);
  if (place === null) return { me, places, place, side, pairs: null, settlements: [], next: null };
  const of = api(fetch).v1.places[':place'];
  const pairs = await readOrFail(of['settlement-pairs'].$get({ param: { place: place.id } }));
  const cursor = url.searchParams.get('cursor');
  const { items, next = null } = await readOrFail(
    of.settlements.$get({
      param: { place: place.id },
      query: { side, ...(cursor === null ? {} : { cursor }) },
    }),
  );
  return { me, places, place, side, pairs, settlements: items, next };
};

export const actions: Actions = {
  make: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const response = await api(fetch).v1.places[':place'].settlements.$post({
      param: { place: textOf(form, 'place') },
      json: { month: textOf(form, 'month') },
    });
    if (response.ok) return { ...(await response.json()), problem: null };
    return fail(response.status, {
      ...{ made: null, more: false, problem: await readProblem(response, locals.locale, busy()) },
    });
  },
};

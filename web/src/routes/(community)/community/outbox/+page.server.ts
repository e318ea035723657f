import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { outboxStates } from '$lib/notices/words.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['staff', 'operator']);
  const estate = chosenEstate(estates, url) ?? null;
  const state = wordOf(url, 'state', outboxStates) ?? 'waiting';
  const cursor = url.searchParams.get('cursor');
  const more = cursor !== null;
  if (estate === null) return { estates, estate, state, lines: [], next: null, more };
  const { items, next } = await readOrFail(
    api(fetch).v1.places[':place'].outbox.$get({
      param: { place: estate.id },
      query: { state, ...(cursor === null ? {} : { cursor }) },
    }),
  );
  return { estates, estate, state, lines: items, next: next ?? null, more };
};

export const actions: Actions = {
  told: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const response = await api(fetch).v1.deliveries[':delivery'].told.$post({
      param: { delivery: textOf(form, 'delivery') },
      json: { version: Number(textOf(form, 'version')) || 1 },
    });
    if (response.ok) return { told: true, problem: null };
    const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, words);
    return fail(problem.status, { told: false, problem });
  },
};

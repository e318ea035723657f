import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { outboxStates } from '$lib/notices/words.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['staff', 'operator']);
  const estate = chosenEstate(estates, url) ?? null;
  const state = wordOf(url, 'state', outboxStates) ?? 'waiting';
  const cursor = url.searchParams.get('cursor');
  const more = cursor !== null;
  if (estate === null) return { estates, estate, state, codes: [], lines: [], next: null, more };
  const [codes, { items, next }] = await Promise.all([
    readOrFail(
      api(fetch).v1.places[':place']['sign-in-codes'].$get({
        param: { place: estate.id },
        query: { limit: '100' },
      }),
    ),
    readOrFail(
      api(fetch).v1.places[':place'].outbox.$get({
        param: { place: estate.id },
        query: { state, ...(cursor === null ? {} : { cursor }) },
      }),
    ),
  ]);
  return { estates, estate, state, codes: codes.items, lines: items, next: next ?? null, more };
};

type Told = { told: boolean; read: { id: string; digits: string } | null; problem: Problem | null };
const nothing: Told = { told: false, read: null, problem: null };

export const actions: Actions = {
  /** A resident stands here, or called: the code is shown once it stands in the access log. */
  read: async ({ request, fetch, locals }) => {
    const id = textOf(await request.formData(), 'code');
    const response = await api(fetch).v1['sign-in-codes'][':signInCode'].reading.$post({
      param: { signInCode: id },
    });
    if (response.ok) return { ...nothing, read: { id, digits: (await response.json()).digits } };
    const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, words);
    return fail(problem.status, { ...nothing, problem });
  },

  told: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const response = await api(fetch).v1.deliveries[':delivery'].told.$post({
      param: { delivery: textOf(form, 'delivery') },
      json: { version: Number(textOf(form, 'version')) || 1 },
    });
    if (response.ok) return { ...nothing, told: true };
    const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, words);
    return fail(problem.status, { ...nothing, problem });
  },
};

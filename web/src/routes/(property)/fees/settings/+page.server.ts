import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  if (estate === null) return { estates, estate, waiting: [], items: [], more: null };
  const cursor = url.searchParams.get('cursor');
  const query = { limit: '20', ...(cursor === null ? {} : { cursor }) };
  const changes = api(fetch).v1.estates[':estate']['firm-changes'];
  const param = { estate: estate.id };
  const [waiting, { items, next: more = null }] = await Promise.all([
    readOrFail(changes.$get({ param, query: { state: 'waiting' as const, limit: '100' } })),
    readOrFail(changes.$get({ param, query })),
  ]);
  return { estates, estate, waiting: waiting.items, items, more };
};

const of = (event: RequestEvent) => api(event.fetch).v1.estates[':estate']['firm-changes'][':change'];

async function asked(event: RequestEvent) {
  const form = await event.request.formData();
  return { estate: textOf(form, 'estate'), change: textOf(form, 'change') };
}

async function answered({ locals }: RequestEvent, response: Response, done: 'approved' | 'ended') {
  if (response.ok) return { done, problem: null };
  const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  return fail(response.status, { done: null, problem: await readProblem(response, locals.locale, words) });
}

export const actions: Actions = {
  approve: async (event) =>
    answered(event, await of(event).approval.$post({ param: await asked(event) }), 'approved'),
  end: async (event) => answered(event, await of(event).$delete({ param: await asked(event) }), 'ended'),
  undo: async (event) => {
    const response = await of(event).undo.$post({ param: await asked(event) });
    if (!response.ok) return answered(event, response, 'ended');
    const { waits } = await response.json();
    return { done: waits ? ('waits' as const) : ('undone' as const), problem: null };
  },
};

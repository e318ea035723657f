import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url, locals }) => {
  const { order } = params;
  const one = await readOrFail(api(fetch).v1.me.orders[':order'].$get({ param: { order } }));
  const mayAct = locals.acting?.may !== 'view';
  return { order: one, made: url.searchParams.has('made'), key: newKey(), mayAct };
};

type Done = { done: 'cancelled' | 'agreed' | 'declined' | null; problem: Problem | null; key: string };

async function answered(
  response: Response,
  of: { done: NonNullable<Done['done']>; key: string; locale: string },
) {
  if (response.ok) return { done: of.done, problem: null, key: newKey() } satisfies Done;
  const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, of.locale, words);
  const refused: Done = { done: null, problem, key: keyAfter(of.key, problem) };
  return fail(problem.status, refused);
}

export const actions: Actions = {
  cancel: async ({ request, fetch, params, locals }) => {
    const key = textOf(await request.formData(), 'key');
    const { cancel } = api(fetch).v1.me.orders[':order'];
    const options = { headers: { 'Idempotency-Key': key } };
    const response = await cancel.$post({ param: { order: params.order } }, options);
    return answered(response, { done: 'cancelled', key, locale: locals.locale });
  },

  answer: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const [key, agree] = [textOf(form, 'key'), textOf(form, 'agree') === 'yes'];
    const post = api(fetch).v1.me.orders[':order']['substitute-answer'].$post;
    const options = { headers: { 'Idempotency-Key': key } };
    const response = await post({ param: { order: params.order }, json: { agree } }, options);
    return answered(response, { done: agree ? 'agreed' : 'declined', key, locale: locals.locale });
  },
};

import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { findOutlets } from '$lib/counter/outlet.server.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, cookies, params }) => {
  const { outlets } = await findOutlets(fetch, cookies);
  const one = api(fetch).v1.stocktakings[':stocktaking'];
  const taking = await readOrFail(one.$get({ param: { stocktaking: params.stocktaking } }));
  return { taking, isManager: outlets.some(({ isManager }) => isManager), key: newKey() };
};

export const actions: Actions = {
  /** `confirm` makes what was counted the stock; `drop` changes nothing. */
  decide: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const [key, reason] = [textOf(form, 'key'), textOf(form, 'reason')];
    const one = api(fetch).v1.stocktakings[':stocktaking'];
    const of = { param: { stocktaking: params.stocktaking }, json: { reason } };
    const options = { headers: { 'Idempotency-Key': key } };
    const response = await (textOf(form, 'what') === 'drop'
      ? one.drop.$post(of, options)
      : one.confirm.$post(of, options));
    if (response.ok) return { problem: null, reason, errors: {} as Record<string, string>, key: newKey() };
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    return fail(problem.status, { problem, reason, errors: problem.fields, key: keyAfter(key, problem) });
  },
};

import { fail } from '@sveltejs/kit';
import { meantForAnother } from '$lib/acting/acting.server.ts';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params: { offset: id }, url }) => {
  const v1 = api(fetch).v1;
  const [offset, houses] = await Promise.all([
    readOrFail(v1.offsets[':offset'].$get({ param: { offset: id } })),
    readOrFail(v1.me.houses.$get()),
  ]);
  // A house that was sold since is no longer among them; its voucher stays.
  const estate = houses.items.find((house) => house.id === offset.house.id)?.estateName ?? '';
  return { offset, estate, isNew: url.searchParams.has('done'), key: newKey() };
};

export const actions: Actions = {
  cancel: async ({ request, fetch, params: { offset }, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const other = meantForAnother(form, locals);
    if (other) return fail(409, { cancelled: false, problem: other, key });
    const response = await api(fetch).v1.offsets[':offset'].cancellation.$post(
      { param: { offset } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) return { cancelled: true, problem: null, key: newKey() };
    const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, words);
    return fail(problem.status, { cancelled: false, problem, key: keyAfter(key, problem) });
  },
};

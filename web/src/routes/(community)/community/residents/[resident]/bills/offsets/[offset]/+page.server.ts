import { error, fail } from '@sveltejs/kit';
import { busy, residentAtDesk } from '$lib/acting/desk.server.ts';
import { inPersonOf, vouchedFor } from '$lib/acting/in-person.ts';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { fetch, params, url } = event;
  const { estate, resident } = await residentAtDesk(event);
  const offset = await readOrFail(
    api(fetch).v1.offsets[':offset'].$get({ param: { offset: params.offset } }),
  );
  const members = [offset.member, ...(offset.parts ?? []).map(({ member }) => member)];
  if (!members.some(({ id }) => id === resident.person)) error(404, m.error_missing_title());
  return { estate, resident, offset, isNew: url.searchParams.has('done'), key: newKey() };
};

export const actions: Actions = {
  cancel: async ({ request, fetch, params, url, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const said = inPersonOf(form);
    const vouched = vouchedFor(said);
    if (!vouched) return fail(400, { said, cancelled: false, problem: null, key });
    const estate = url.searchParams.get('estate') ?? '';
    const one = api(fetch).v1.estates[':estate'].residents[':resident'].offsets[':offset'];
    const answer = await one.cancellation.$post(
      { param: { estate, ...params }, json: vouched },
      { headers: { 'Idempotency-Key': key } },
    );
    if (answer.ok) return { said: null, cancelled: true, problem: null, key: newKey() };
    const problem = await readProblem(answer, locals.locale, busy());
    return fail(problem.status, { said, cancelled: false, problem, key: keyAfter(key, problem) });
  },
};

import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { grades, pick } from '$lib/volunteering/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const service = await readOrFail(
    api(fetch).v1.services[':service'].$get({ param: { service: params.service } }),
  );
  return { service, key: newKey(), isNew: url.searchParams.has('recorded') };
};

export const actions: Actions = {
  default: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const grade = pick(grades, textOf(form, 'grade'));
    if (grade === undefined) {
      return fail(422, { key, grade: null, missing: true, problem: null, rated: null });
    }
    const response = await api(fetch).v1.services[':service'].rating.$post(
      { param: { service: params.service }, json: { grade } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) {
      const { points } = await response.json();
      return { key: newKey(), grade, missing: false, problem: null, rated: { grade, points } };
    }
    const problem = await readProblem(response, locals.locale, {
      title: m.error_busy_title(),
      advice: m.error_busy_advice(),
    });
    return fail(response.status, {
      key: keyAfter(key, problem),
      grade,
      missing: false,
      problem,
      rated: null,
    });
  },
};

import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import type { Errors, Values } from '$lib/programme/rule-form.ts';
import { readNewUnit, unitFields } from '$lib/programme/unit-form.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const place = url.searchParams.get('place') ?? '';
  if (place === '') redirect(303, '/programme/units');
  return { place: await readOrFail(api(fetch).v1.places[':place'].$get({ param: { place } })) };
};

export const actions: Actions = {
  default: async ({ request, fetch, url, locals }) => {
    const form = await request.formData();
    const place = url.searchParams.get('place') ?? '';
    const values: Values = Object.fromEntries(unitFields.map((name) => [name, textOf(form, name)]));
    const tried = { values, errors: {} as Errors, problem: null as Problem | null };
    const read = readNewUnit(values);
    if ('errors' in read) return fail(422, { ...tried, errors: read.errors });
    const response = await api(fetch).v1.places[':place'].units.$post({ param: { place }, json: read.json });
    if (response.ok)
      redirect(303, `/programme/units?${new URLSearchParams({ place, made: read.json.code })}`);
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    const isBeside = Object.keys(problem.fields).length > 0;
    return fail(response.status, {
      ...tried,
      errors: problem.fields,
      problem: isBeside ? null : problem,
    });
  },
};

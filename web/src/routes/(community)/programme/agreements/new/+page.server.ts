import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { plainFields, readAgreement, type AgreementFields } from '$lib/programme/agreement-form.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const place = url.searchParams.get('place') ?? '';
  if (place === '') redirect(303, '/programme/agreements');
  const parties = await readOrFail(
    api(fetch).v1.places[':place']['agreement-parties'].$get({ param: { place } }),
  );
  return { place, ...parties };
};

const names = [
  ...(['redeemer', 'fund', 'mode', 'via', 'factor', 'period', 'exposure', 'overExposure'] as const),
  ...(['from', 'basis', 'monthlyCap'] as const),
] as const;

export const actions: Actions = {
  default: async ({ request, fetch, url, locals }) => {
    const form = await request.formData();
    const place = url.searchParams.get('place') ?? '';
    const fields = plainFields(
      Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as AgreementFields,
    );
    const isSure = textOf(form, 'sure') !== '';
    if (textOf(form, 'edit') !== '') return { fields, errors: {}, problem: null, ask: false };
    const read = readAgreement(fields);
    if ('errors' in read) return fail(422, { fields, errors: read.errors, problem: null, ask: false });
    if (!isSure) return { fields, errors: {}, problem: null, ask: true };
    const response = await api(fetch).v1.places[':place'].agreements.$post({
      param: { place },
      json: read.json,
    });
    if (response.ok) redirect(303, `/programme/agreements?${new URLSearchParams({ place, made: 'yes' })}`);
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    const isBeside = Object.keys(problem.fields).length > 0;
    return fail(response.status, {
      fields,
      errors: problem.fields,
      problem: isBeside ? null : problem,
      ask: false,
    });
  },
};

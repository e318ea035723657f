import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { chosenPayer, payersOf } from '$lib/programme/payers.server.ts';
import type { Errors, Values } from '$lib/programme/rule-form.ts';
import { readUnitChange, unitFields } from '$lib/programme/unit-form.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const places = (await payersOf(fetch, ['staff', 'operator', 'auditor'])).filter(
    ({ kind }) => kind === 'community',
  );
  const place = chosenPayer(places, url) ?? null;
  const base = { places, place, made: url.searchParams.get('made'), change: url.searchParams.get('change') };
  if (place === null) return { ...base, units: [] };
  const { items } = await readOrFail(
    api(fetch).v1.places[':place'].units.$get({ param: { place: place.id } }),
  );
  return { ...base, units: items };
};

type Tried = { unit: string; values: Values; errors: Errors; problem: Problem | null; done: boolean };

export const actions: Actions = {
  change: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const unit = textOf(form, 'unit');
    const values: Values = Object.fromEntries(unitFields.map((name) => [name, textOf(form, name)]));
    const tried: Tried = { unit, values, errors: {}, problem: null, done: false };
    const read = readUnitChange(values);
    if ('errors' in read) return fail(422, { ...tried, errors: read.errors });
    const response = await api(fetch).v1.units[':unit'].$put({
      param: { unit },
      json: { version: Number(textOf(form, 'version')) || 1, ...read.json },
    });
    if (response.ok) return { ...tried, done: true };
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    return fail(response.status, { ...tried, errors: problem.fields, problem });
  },
};

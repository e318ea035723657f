import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { fieldOfApi, parseService, serviceFieldsOf } from '$lib/volunteering/service-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['staff', 'leader']);
  const estate = chosenEstate(estates, url) ?? null;
  const wanted = (url.searchParams.get('house') ?? '').trim();
  const { v1 } = api(fetch);
  const base = { estates, estate, wanted, key: newKey() };
  if (estate === null) return { ...base, house: null, residents: [], types: [] };

  // What was done here before is what will most likely be done again.
  const { items: recent } = await readOrFail(
    v1.places[':place'].services.$get({
      param: { place: estate.id },
      query: { state: 'released', limit: '100' },
    }),
  );
  const types = [...new Set(recent.map(({ type }) => type))].slice(0, 12);
  if (wanted === '' || wanted.length > 60) return { ...base, house: null, residents: [], types };

  const { items } = await readOrFail(
    v1.estates[':estate'].houses.$get({ param: { estate: estate.id }, query: { house: wanted } }),
  );
  const [house] = items;
  if (house === undefined) return { ...base, house: null, residents: [], types };
  const { items: residents } = await readOrFail(
    v1.houses[':house'].residents.$get({ param: { house: house.id }, query: {} }),
  );
  return { ...base, house, residents, types };
};

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const fields = serviceFieldsOf(form);
    const parsed = parseService(fields, Date.now());
    if (!('service' in parsed)) return fail(422, { key, fields, errors: parsed.errors, problem: null });

    const response = await api(fetch).v1.places[':place'].services.$post(
      { param: { place: textOf(form, 'estate') }, json: parsed.service },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) {
      const { id } = await response.json();
      redirect(303, `/community/services/${id}?recorded`);
    }
    const problem = await readProblem(response, locals.locale, {
      title: m.error_busy_title(),
      advice: m.error_busy_advice(),
    });
    const errors = Object.fromEntries(
      Object.entries(problem.fields).map(([field, words]) => [fieldOfApi[field] ?? field, words]),
    );
    return fail(response.status, { key: keyAfter(key, problem), fields, errors, problem });
  },
};

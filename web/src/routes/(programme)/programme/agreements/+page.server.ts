import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { agreementStates } from '$lib/programme/agreement-words.ts';
import { chosenPayer, payersOf } from '$lib/programme/payers.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const places = await payersOf(fetch, ['staff', 'leader', 'operator', 'auditor']);
  const place = chosenPayer(places, url) ?? null;
  const state = wordOf(url, 'state', agreementStates) ?? null;
  const mayMake = place?.acts ?? false;
  const base = {
    places,
    place,
    state,
    mayMake,
    made: url.searchParams.has('made'),
    end: url.searchParams.get('end'),
  };
  if (place === null) return { ...base, agreements: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const query = { ...(state === null ? {} : { state }), ...(cursor === null ? {} : { cursor }) };
  const page = await readOrFail(
    api(fetch).v1.places[':place'].agreements.$get({ param: { place: place.id }, query }),
  );
  return { ...base, agreements: page.items, next: page.next ?? null };
};

export const actions: Actions = {
  end: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const [agreement, on, reason] = [textOf(form, 'agreement'), textOf(form, 'on'), textOf(form, 'reason')];
    const version = Number(textOf(form, 'version'));
    const errors: Record<string, string> = {
      ...(/^\d{4}-\d\d-\d\d$/.test(on) ? {} : { on: m.rules_from_missing() }),
      ...(reason === '' || reason.length > 200 ? { reason: m.rules_reason_missing() } : {}),
    };
    const tried = { agreement, on, reason };
    if (Object.keys(errors).length > 0) return fail(422, { tried, errors, problem: null, done: false });
    const response = await api(fetch).v1.agreements[':agreement'].end.$post({
      param: { agreement },
      json: { version, on, reason },
    });
    if (response.ok) return { tried: null, errors: {}, problem: null, done: true };
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    const isBeside = Object.keys(problem.fields).length > 0;
    return fail(response.status, {
      tried,
      errors: problem.fields,
      problem: isBeside ? null : problem,
      done: false,
    });
  },
};

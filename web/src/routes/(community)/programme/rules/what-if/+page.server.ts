import { error, fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { monthsAround } from '$lib/fees/months.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { isRuleKind, readRule, valuesOf, type Errors } from '$lib/programme/rule-form.ts';
import { valuesIn } from '$lib/programme/rule-request.server.ts';
import type { TrialAnswer } from '$lib/programme/trial.ts';
import { unitsAt } from '$lib/programme/units.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

const monthsBack = 24;

export const load: PageServerLoad = async ({ fetch, url }) => {
  const [place, kind] = [url.searchParams.get('place') ?? '', url.searchParams.get('kind')];
  if (!isRuleKind(kind)) error(400, m.error_address_title());
  const [rules, units] = await Promise.all([
    readOrFail(api(fetch).v1.places[':place'].rules.$get({ param: { place } })),
    unitsAt(fetch, place),
  ]);
  const item = rules.items.find((one) => one.kind === kind);
  const body = item?.inForce?.body ?? item?.template;
  if (body === undefined) error(400, m.error_address_title());
  const months = monthsAround(Date.now(), { ahead: 0, back: monthsBack });
  return { place: rules.place, kind, units, months, values: valuesOf(body) };
};

const none = { errors: {} as Errors, problem: null, trial: null as TrialAnswer | null };

export const actions: Actions = {
  /** From the form of a new version: its numbers come along, and nothing is worked out yet. */
  carry: async ({ request }) => ({ ...none, ...valuesIn(await request.formData()) }),

  try: async ({ request, fetch, url, locals }) => {
    const { values } = valuesIn(await request.formData());
    const [place, kind] = [url.searchParams.get('place') ?? '', url.searchParams.get('kind')];
    if (!isRuleKind(kind)) error(400, m.error_address_title());
    const read = readRule(kind, values);
    if ('errors' in read) return fail(422, { ...none, values, errors: read.errors });
    const { month = '' } = values;
    if (!/^\d{4}-\d\d$/.test(month))
      return fail(422, { ...none, values, errors: { month: m.try_month_missing() } });
    const response = await api(fetch).v1.places[':place']['rule-trials'].$post({
      param: { place },
      json: { body: read.body, month },
    });
    if (response.ok) return { ...none, values, trial: await response.json() };
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    const isBeside = Object.keys(problem.fields).length > 0;
    return fail(response.status, {
      ...none,
      values,
      errors: problem.fields,
      problem: isBeside ? null : problem,
    });
  },
};

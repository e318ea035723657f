import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import {
  isRuleKind,
  readRule,
  valuesOf,
  type Errors,
  type RuleKind,
  type Values,
} from '$lib/programme/rule-form.ts';
import { valuesIn } from '$lib/programme/rule-request.server.ts';
import type { Difference } from '$lib/programme/rule-words.ts';
import { unitsAt } from '$lib/programme/units.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

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
  return { place: rules.place, kind, units, isFirst: item?.inForce === undefined, values: valuesOf(body) };
};

type Reviewed = { first: boolean; differences: Difference[]; seen: string };
type Tried = { values: Values; errors: Errors; reviewed: Reviewed | null; again: boolean };

/** What was read must be what is published: the numbers and the day, as one text. */
const seenOf = (values: Values): string => JSON.stringify(Object.entries(values).sort());

function placeOf({ url }: RequestEvent): { place: string; kind: RuleKind } {
  const kind = url.searchParams.get('kind');
  return isRuleKind(kind) ? { place: url.searchParams.get('place') ?? '', kind } : error(400);
}

function wordsOf(values: Values): Errors {
  const { from = '', reason = '', basis = '' } = values;
  return {
    ...(/^\d{4}-\d\d-\d\d$/.test(from) ? {} : { from: m.rules_from_missing() }),
    ...(reason === '' || reason.length > 200 ? { reason: m.rules_reason_missing() } : {}),
    ...(basis === '' || basis.length > 120 ? { basis: m.rules_basis_missing() } : {}),
  };
}

async function refused({ locals }: RequestEvent, response: Response, values: Values) {
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locals.locale, busy);
  const tried: Tried = { values, errors: problem.fields, reviewed: null, again: false };
  return fail(response.status, {
    ...tried,
    problem: Object.keys(problem.fields).length > 0 ? null : problem,
  });
}

async function reviewed(event: RequestEvent, values: Values, again: boolean) {
  const { place, kind } = placeOf(event);
  const read = readRule(kind, values);
  const errors = { ...('errors' in read ? read.errors : {}), ...wordsOf(values) };
  if ('errors' in read || Object.keys(errors).length > 0)
    return fail(422, { values, errors, reviewed: null, again: false, problem: null });
  const response = await api(event.fetch).v1.places[':place']['rule-drafts'].$post({
    param: { place },
    json: { body: read.body },
  });
  if (!response.ok) return refused(event, response, values);
  const { before, differences } = await response.json();
  const review: Reviewed = { first: before === undefined, differences, seen: seenOf(values) };
  return { values, errors: {} as Errors, reviewed: review, again, problem: null };
}

export const actions: Actions = {
  /** From the page that tries a draft out: the numbers come along, the words are still to be written. */
  carry: async (event) => {
    const { values } = valuesIn(await event.request.formData());
    return { values, errors: {} as Errors, reviewed: null, again: false, problem: null };
  },

  review: async (event) => reviewed(event, valuesIn(await event.request.formData()).values, false),

  publish: async (event) => {
    const { values, seen } = valuesIn(await event.request.formData());
    if (seen !== seenOf(values)) return reviewed(event, values, true);
    const { place, kind } = placeOf(event);
    const read = readRule(kind, values);
    if ('errors' in read) return reviewed(event, values, true);
    const { from = '', reason = '', basis = '' } = values;
    const response = await api(event.fetch).v1.places[':place']['rule-versions'].$post({
      param: { place },
      json: { body: read.body, from, reason, basis },
    });
    if (!response.ok) return refused(event, response, values);
    const version = await response.json();
    redirect(303, `/programme/rules?${new URLSearchParams({ place, kind, published: version.from })}`);
  },
};

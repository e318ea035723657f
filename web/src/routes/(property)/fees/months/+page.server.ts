import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { latestClosed } from '$lib/fees/months.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['accountant']);
  const estate = chosenEstate(estates, url) ?? null;
  const key = newKey();
  if (estate === null) return { estates, estate, key, closures: [], latest: null, next: null, asks: false };
  const place = api(fetch).v1.places[':place'];
  const param = { place: estate.id };
  const [{ items: closures }, next] = await Promise.all([
    readOrFail(place.closures.$get({ param, query: { limit: '100' } })),
    readOrFail(place['next-closure'].$get({ param })),
  ]);
  // Without scripts the question is a page of its own, and only about the month whose turn it is.
  const asks = next.over && next.notHandedOver === 0 && url.searchParams.get('close') === next.month;
  return { estates, estate, key, closures, latest: latestClosed(closures), next, asks };
};

const unknown = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

export const actions: Actions = {
  close: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const month = textOf(form, 'month');
    const response = await api(fetch).v1.places[':place'].closures.$post(
      { param: { place: textOf(form, 'estate') }, json: { month } },
      { headers: { 'Idempotency-Key': key } },
    );
    const tried = { of: null, reason: '', error: null };
    if (response.ok) return { ...tried, key: newKey(), closed: month, reopened: null, problem: null };
    const problem = await readProblem(response, locals.locale, unknown());
    return fail(response.status, {
      ...tried,
      key: keyAfter(key, problem),
      closed: null,
      reopened: null,
      problem,
    });
  },
  reopen: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const of = textOf(form, 'closure');
    const reason = textOf(form, 'reason');
    const tried = { of, reason, closed: null };
    if (reason === '') {
      const error = m.fees_reason_missing();
      return fail(422, { ...tried, key, error, reopened: null, problem: null });
    }
    const response = await api(fetch).v1.closures[':closure'].reopening.$post(
      { param: { closure: of }, json: { reason } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) {
      const { month } = await response.json();
      return { ...tried, key: newKey(), error: null, reopened: month, problem: null };
    }
    const problem = await readProblem(response, locals.locale, unknown());
    const error = problem.fields['reason'] ?? null;
    return fail(response.status, { ...tried, key: keyAfter(key, problem), error, reopened: null, problem });
  },
};

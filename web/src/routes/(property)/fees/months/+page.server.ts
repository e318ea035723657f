import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { latestClosed } from '$lib/fees/months.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  const key = newKey();
  if (estate === null)
    return {
      estates,
      estate,
      key,
      closures: [],
      latest: null,
      isOlder: false,
      more: null,
      next: null,
      checklist: null,
      asks: false,
    };
  const place = api(fetch).v1.places[':place'];
  const param = { place: estate.id };
  const cursor = url.searchParams.get('cursor');
  const [{ items: closures, next: more = null }, next, checklist] = await Promise.all([
    readOrFail(
      place.closures.$get({ param, query: { limit: '24', ...(cursor === null ? {} : { cursor }) } }),
    ),
    readOrFail(place['next-closure'].$get({ param })),
    readOrFail(place['closing-checklist'].$get({ param })),
  ]);
  // Without scripts the question is a page of its own, and only about the month whose turn it is.
  const isTurn = next.over && next.notHandedOver === 0 && !next.asked?.mine;
  const asks = isTurn && url.searchParams.get('close') === next.month;
  return {
    estates,
    estate,
    key,
    closures,
    isOlder: cursor !== null,
    latest: cursor === null ? latestClosed(closures) : null,
    more,
    next,
    checklist,
    asks,
  };
};

type Done = 'asked' | 'closed' | 'withdrawn' | 'reopened';

async function answered(
  { locals }: RequestEvent,
  response: Response,
  { done, month, key }: { done: Done; month: string; key: string },
) {
  const tried = { of: null, reason: '', error: null };
  if (response.ok) return { ...tried, key: newKey(), done, month, problem: null };
  const problem = await readProblem(response, locals.locale, unknown());
  return fail(response.status, { ...tried, key: keyAfter(key, problem), done: null, month: null, problem });
}

const unknown = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

export const actions: Actions = {
  ask: async (event) => {
    const form = await event.request.formData();
    const response = await api(event.fetch).v1.places[':place']['closure-requests'].$post({
      param: { place: textOf(form, 'estate') },
      json: { month: textOf(form, 'month') },
    });
    return answered(event, response, { done: 'asked', month: textOf(form, 'month'), key: newKey() });
  },
  approve: async (event) => {
    const form = await event.request.formData();
    const key = textOf(form, 'key');
    const response = await api(event.fetch).v1['closure-requests'][':request'].approval.$post(
      { param: { request: textOf(form, 'request') } },
      { headers: { 'Idempotency-Key': key } },
    );
    return answered(event, response, { done: 'closed', month: textOf(form, 'month'), key });
  },
  withdraw: async (event) => {
    const form = await event.request.formData();
    const response = await api(event.fetch).v1['closure-requests'][':request'].$delete({
      param: { request: textOf(form, 'request') },
    });
    return answered(event, response, { done: 'withdrawn', month: textOf(form, 'month'), key: newKey() });
  },
  reopen: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const of = textOf(form, 'closure');
    const reason = textOf(form, 'reason');
    const tried = { of, reason, done: null, month: null };
    if (reason === '') {
      const error = m.fees_reason_missing();
      return fail(422, { ...tried, key, error, problem: null });
    }
    const response = await api(fetch).v1.closures[':closure'].reopening.$post(
      { param: { closure: of }, json: { reason } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) {
      const { month } = await response.json();
      return { ...tried, key: newKey(), error: null, done: 'reopened' as const, month, problem: null };
    }
    const problem = await readProblem(response, locals.locale, unknown());
    const error = problem.fields['reason'] ?? null;
    return fail(response.status, { ...tried, key: keyAfter(key, problem), error, problem });
  },
};

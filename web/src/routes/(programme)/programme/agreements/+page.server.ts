import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { isCap } from '$lib/programme/agreement-form.ts';
import { agreementStates } from '$lib/programme/agreement-words.ts';
import { chosenPayer, payersOf } from '$lib/programme/payers.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import { plainNumber } from '$lib/yuan.ts';
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
    cap: url.searchParams.get('cap'),
  };
  if (place === null) return { ...base, agreements: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const query = { ...(state === null ? {} : { state }), ...(cursor === null ? {} : { cursor }) };
  const page = await readOrFail(
    api(fetch).v1.places[':place'].agreements.$get({ param: { place: place.id }, query }),
  );
  return { ...base, agreements: page.items, next: page.next ?? null };
};

type Said = 'ended' | 'capped';
type Tried = { agreement: string; on: string; reason: string; monthlyCap: string; basis: string };
const untried: Omit<Tried, 'agreement'> = { on: '', reason: '', monthlyCap: '', basis: '' };
const done = (what: Said) => ({
  ...{ ending: null as Tried | null, capping: null as Tried | null },
  ...{ errors: {} as Record<string, string>, problem: null, done: what as Said | null },
});
type Refusal = Pick<ReturnType<typeof done>, 'errors'> &
  Partial<Pick<ReturnType<typeof done>, 'ending' | 'capping'>>;
const wrong = (status: number, refusal: Refusal, problem: Problem | null = null) =>
  fail(status, { ending: null, capping: null, ...refusal, problem, done: null });

async function refused({ locals }: RequestEvent, response: Response, tried: Omit<Refusal, 'errors'>) {
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locals.locale, busy);
  const isBeside = Object.keys(problem.fields).length > 0;
  return wrong(response.status, { ...tried, errors: problem.fields }, isBeside ? null : problem);
}

export const actions: Actions = {
  end: async (event) => {
    const form = await event.request.formData();
    const [agreement, on, reason] = [textOf(form, 'agreement'), textOf(form, 'on'), textOf(form, 'reason')];
    const version = Number(textOf(form, 'version'));
    const errors: Record<string, string> = {
      ...(/^\d{4}-\d\d-\d\d$/.test(on) ? {} : { on: m.rules_from_missing() }),
      ...(reason === '' || reason.length > 200 ? { reason: m.rules_reason_missing() } : {}),
    };
    const ending = { ...untried, agreement, on, reason };
    if (Object.keys(errors).length > 0) return wrong(422, { ending, errors });
    const response = await api(event.fetch).v1.agreements[':agreement'].end.$post({
      param: { agreement },
      json: { version, on, reason },
    });
    return response.ok ? done('ended') : refused(event, response, { ending });
  },

  cap: async (event) => {
    const form = await event.request.formData();
    const [agreement, basis] = [textOf(form, 'agreement'), textOf(form, 'basis')];
    const monthlyCap = plainNumber(textOf(form, 'monthlyCap'));
    const errors = {
      ...(monthlyCap === '' || isCap(monthlyCap) ? {} : { monthlyCap: m.terms_wrong_cap() }),
      ...(basis === '' || basis.length > 120 ? { basis: m.rules_basis_missing() } : {}),
    };
    const capping = { ...untried, agreement, monthlyCap, basis };
    if (Object.keys(errors).length > 0) return wrong(422, { capping, errors });
    const version = Number(textOf(form, 'version'));
    const response = await api(event.fetch).v1.agreements[':agreement'].cap.$post({
      param: { agreement },
      json: { version, basis, ...(monthlyCap !== '' && { monthlyCap }) },
    });
    return response.ok ? done('capped') : refused(event, response, { capping });
  },
};

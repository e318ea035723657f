import { error, fail, redirect } from '@sveltejs/kit';
import { endOf, terms } from '$lib/acting/days.ts';
import { mays } from '$lib/acting/words.ts';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { pick } from '$lib/volunteering/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url, locals }) => {
  const estate = chosenEstate(await estatesOf(fetch, ['staff', 'operator']), url);
  if (estate === undefined) redirect(303, '/community/residents');
  const one = api(fetch).v1.estates[':estate'].residents[':resident'];
  const param = { estate: estate.id, resident: params.resident };
  const resident = await readOrFail(one.$get({ param }));
  // Nothing is looked at, bought or offset for somebody who died: the page says so, and where it is put right.
  if (resident.diedOn !== undefined) {
    const none = { units: [], movements: [], namesakes: [], helpers: null, others: [], next: undefined };
    return { ...none, estate, resident, origin: url.origin, now: Date.now(), isOlder: false };
  }
  const isStaff = locals.me?.roles.some(({ role }) => role === 'staff') === true;
  const home = resident.homes[0];
  const cursor = url.searchParams.get('cursor');
  const query = { limit: '10', ...(cursor !== null && { cursor }) };
  const [{ units }, { items: movements, next }, { items: namesakes }, helpers, mates] = await Promise.all([
    readOrFail(one.points.$get({ param })),
    readOrFail(one.movements.$get({ param, query })),
    readOrFail(api(fetch).v1.people[':person'].namesakes.$get({ param: { person: params.resident } })),
    isStaff ? readOrFail(one.helpers.$get({ param, query: { limit: '10' } })) : null,
    home === undefined
      ? { items: [] }
      : readOrFail(api(fetch).v1.houses[':house'].residents.$get({ param: { house: home.id }, query: {} })),
  ]);
  const others = mates.items.filter(({ person }) => person !== resident.person);
  return {
    ...{ estate, resident, units, movements, origin: url.origin, now: Date.now() },
    ...{ namesakes, helpers: helpers?.items ?? null, others, next, isOlder: cursor !== null },
  };
};

const none = { made: null, named: false, ended: false, problem: null };
const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

export const actions: Actions = {
  /** By the paper that the resident signed. */
  name: async ({ request, fetch, params, url, locals }) => {
    const form = await request.formData();
    const estate = url.searchParams.get('estate') ?? '';
    const [helper, paper] = [textOf(form, 'helper'), textOf(form, 'paper')];
    const may = pick(mays, textOf(form, 'may')) ?? 'view';
    const until = endOf(pick(terms, textOf(form, 'term')) ?? 'year', Date.now());
    const answer = await api(fetch).v1.estates[':estate'].residents[':resident'].helpers.$post({
      param: { estate, resident: params.resident },
      json: { helper, may, until, paper },
    });
    if (answer.ok) return { ...none, named: true };
    return fail(answer.status, { ...none, problem: await readProblem(answer, locals.locale, busy()) });
  },
  end: async ({ request, fetch, locals }) => {
    const helper = textOf(await request.formData(), 'helper');
    const answer = await api(fetch).v1.helpers[':helper'].$delete({ param: { helper } });
    if (answer.ok) return { ...none, ended: true };
    return fail(answer.status, { ...none, problem: await readProblem(answer, locals.locale, busy()) });
  },
  // The link is shown once, on the page that made it, so this does not redirect.
  invite: async ({ fetch, params, url, locals }) => {
    const estate = url.searchParams.get('estate');
    if (estate === null) error(404, m.error_missing_title());
    const answer = await api(fetch).v1.estates[':estate'].residents[':resident'].invitation.$post({
      param: { estate, resident: params.resident },
    });
    if (answer.ok) {
      const { canSignIn, token = null, endsAt = null } = await answer.json();
      return { ...none, made: { canSignIn, token, endsAt } };
    }
    return fail(answer.status, { ...none, problem: await readProblem(answer, locals.locale, busy()) });
  },
};

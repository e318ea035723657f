import { fail, redirect } from '@sveltejs/kit';
import { startActing, stopActing } from '$lib/acting/acting.server.ts';
import { endOf, terms } from '$lib/acting/days.ts';
import { mays } from '$lib/acting/words.ts';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { pick } from '$lib/volunteering/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { me } = api(fetch).v1;
  const [helpers, principals, housemates] = await Promise.all([
    readOrFail(me.helpers.$get({ query: { limit: '20' } })),
    readOrFail(me.principals.$get({ query: { limit: '20' } })),
    readOrFail(me.housemates.$get()),
  ]);
  return {
    helpers: helpers.items,
    principals: principals.items,
    housemates: housemates.items,
    isEnded: url.searchParams.has('ended'),
  };
};

const none = { done: null, ended: false, read: null, shown: null, unticked: false, problem: null };

async function refused(response: Response, locale: string, more: object = {}) {
  const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locale, words);
  return fail(problem.status, { ...none, ...more, problem });
}

export const actions: Actions = {
  /** From here on the member pages are this person's. */
  start: async ({ request, cookies, url }) => {
    startActing(cookies, url, textOf(await request.formData(), 'person'));
    redirect(303, '/me');
  },
  back: ({ cookies }) => {
    stopActing(cookies);
    redirect(303, '/me');
  },
  name: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const [person, code, name] = [textOf(form, 'person'), textOf(form, 'code'), textOf(form, 'name')];
    const read = code === '' ? null : { code, name };
    if (textOf(form, 'adult') !== 'yes') return fail(422, { ...none, read, unticked: true });
    const until = endOf(pick(terms, textOf(form, 'term')) ?? 'year', Date.now());
    const may = pick(mays, textOf(form, 'may')) ?? 'view';
    const who = code === '' ? { person } : { code };
    const response = await api(fetch).v1.me.helpers.$post({ json: { ...who, may, until } });
    if (!response.ok) return refused(response, locals.locale);
    return { ...none, done: (await response.json()).helper.name };
  },
  read: async ({ request, fetch, locals }) => {
    const code = textOf(await request.formData(), 'code');
    const response = await api(fetch).v1.me['helper-codes'].resolve.$post({ json: { code } });
    if (!response.ok) return refused(response, locals.locale);
    return { ...none, read: { code, name: (await response.json()).name } };
  },
  show: async ({ fetch, locals }) => {
    const response = await api(fetch).v1.me['helper-codes'].$post();
    return response.ok ? { ...none, shown: await response.json() } : refused(response, locals.locale);
  },
  end: async ({ request, fetch, locals }) => {
    const helper = textOf(await request.formData(), 'helper');
    const response = await api(fetch).v1.helpers[':helper'].$delete({ param: { helper } });
    return response.ok ? { ...none, ended: true } : refused(response, locals.locale);
  },
};

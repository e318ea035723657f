import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { accessActions, type AccessAction } from '$lib/audit/access.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenPlace, placeAround, placesWith } from '$lib/people/places.server.ts';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import { withQuery } from '$lib/ui/table.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const mine = await placesWith(fetch, groups.auditor);
  const id = chosenPlace(mine, url);
  if (id === undefined) return { mine, around: null };
  const filter = {
    action: wordOf(url, 'action', accessActions) ?? null,
    actor: url.searchParams.get('actor'),
    subject: url.searchParams.get('subject'),
    people: url.searchParams.get('people'),
  };
  const query = Object.fromEntries(
    Object.entries({ ...filter, cursor: url.searchParams.get('cursor') }).filter(
      ([, value]) => value !== null,
    ),
  ) as { action?: AccessAction; actor?: string; subject?: string; people?: string; cursor?: string };
  const [around, { items, next = null }] = await Promise.all([
    placeAround(fetch, id),
    readOrFail(api(fetch).v1.places[':place']['access-log'].$get({ param: { place: id }, query })),
  ]);
  return { mine, around, filter, items, next };
};

export const actions: Actions = {
  /** The number goes no further than this: the address names whom it was found to be. */
  phone: async ({ request, fetch, url, locals }) => {
    const form = await request.formData();
    const [place, phone] = [textOf(form, 'place'), textOf(form, 'phone')];
    const said = (status: number, error: string | null, problem: Problem | null = null) =>
      fail(status, { phone, error, problem });
    if (phone === '') return said(422, m.access_phone_wrong());
    const response = await api(fetch).v1.places[':place']['access-log'].phone.$post({
      param: { place },
      json: { phone },
    });
    if (!response.ok) {
      const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
      const problem = await readProblem(response, locals.locale, busy);
      const error = problem.fields['phone'];
      return said(response.status, error ?? null, error === undefined ? problem : null);
    }
    const { people } = await response.json();
    if (people.length === 0) return said(422, m.access_phone_none());
    const whose = { people: people.join(','), actor: null, subject: null };
    redirect(303, withQuery(url, { place, ...whose, cursor: null }));
  },
};

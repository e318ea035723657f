import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { isDay, validOf } from '$lib/people/days.ts';
import { chosenPlace, placeAround, placesWith } from '$lib/people/places.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { isRole } from '$lib/role-name.ts';
import { groups } from '$lib/session.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const mine = await placesWith(fetch, groups.staffing);
  const id = chosenPlace(mine, url);
  if (id === undefined) return { mine, around: null };
  const state = wordOf(url, 'state', ['running', 'ended', 'all']) ?? 'running';
  const name = (url.searchParams.get('name') ?? '').slice(0, 40);
  const wanted = url.searchParams.get('role') ?? '';
  const role = isRole(wanted) ? wanted : null;
  const sort = wordOf(url, 'sort', ['newest', 'granted']) ?? 'newest';
  const cursor = url.searchParams.get('cursor');
  const [around, page] = await Promise.all([
    placeAround(fetch, id),
    readOrFail(
      api(fetch).v1.places[':place'].roles.$get({
        param: { place: id },
        query: {
          sort,
          ...(state === 'all' ? {} : { state }),
          ...(role === null ? {} : { role }),
          ...(name === '' ? {} : { name }),
          ...(cursor === null ? {} : { cursor }),
        },
      }),
    ),
  ]);
  const { items, next = null, mayGive } = page;
  const firms =
    around.place.kind === 'estate'
      ? await readOrFail(
          api(fetch).v1.estates[':estate'].firms.$get({
            param: { estate: id },
            query: { limit: '100' },
          }),
        )
      : null;
  // Without scripts the question is the page's own.
  const end = items.find((item) => item.id === url.searchParams.get('end') && item.endable) ?? null;
  return { mine, around, state, name, role, sort, roles: items, next, mayGive, end, firms };
};

/** What was typed of a firm, which a page without scripts would have to ask for again. */
type FirmTyped = { firm: string; since: string; reason: string };
const nothing = {
  ...{ renamed: false, ended: null, dated: null, serving: null, until: '' },
  typed: null as FirmTyped | null,
};

async function refused(
  { locals }: RequestEvent,
  response: Response,
  of: 'name' | 'role' | 'date' | 'firm',
  { until = '', typed = null }: { until?: string; typed?: FirmTyped | null } = {},
) {
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locals.locale, busy);
  const error = problem.fields['name'] ?? problem.fields['validTo'] ?? null;
  return fail(response.status, { ...nothing, of, error, problem, wrong: problem.fields, until, typed });
}

const right: typeof nothing & { error: string | null; problem: null; wrong: Record<string, string> } = {
  ...nothing,
  ...{ error: null, problem: null, wrong: {} },
};

export const actions: Actions = {
  rename: async (event) => {
    const form = await event.request.formData();
    const name = textOf(form, 'name');
    if (name === '' || name.length > 60)
      return fail(422, {
        of: 'name' as const,
        error: m.posts_name_wrong(),
        problem: null,
        wrong: {},
        ...nothing,
      });
    const response = await api(event.fetch).v1.places[':place'].$put({
      param: { place: textOf(form, 'place') },
      json: { name, version: Number(textOf(form, 'version')) },
    });
    if (!response.ok) return refused(event, response, 'name');
    return { of: 'name' as const, error: null, problem: null, wrong: {}, ...nothing, renamed: true };
  },

  end: async (event) => {
    const form = await event.request.formData();
    const response = await api(event.fetch).v1.roles[':grant'].$delete({
      param: { grant: textOf(form, 'grant') },
    });
    if (!response.ok) return refused(event, response, 'role');
    return { ...right, of: 'role' as const, ended: textOf(form, 'of') };
  },

  date: async (event) => {
    const form = await event.request.formData();
    const until = textOf(form, 'until');
    if (until !== '' && !isDay(until))
      return fail(422, { ...right, of: 'date' as const, error: m.posts_day_wrong(), until });
    const { validTo = null } = validOf({ from: '', until });
    const response = await api(event.fetch).v1.roles[':grant'].$put({
      param: { grant: textOf(form, 'grant') },
      json: { validTo },
    });
    if (!response.ok) return refused(event, response, 'date', { until });
    return { ...right, of: 'date' as const, dated: textOf(form, 'of') };
  },

  firm: async (event) => {
    const form = await event.request.formData();
    const [firm, since, reason] = [textOf(form, 'firm'), textOf(form, 'since'), textOf(form, 'reason')];
    const typed = { firm, since, reason };
    const wrong: Record<string, string> = {
      ...(firm === '' && { firm: m.firm_missing() }),
      ...(!isDay(since) && { since: m.firm_since_missing() }),
      ...((reason === '' || reason.length > 200) && { reason: m.firm_reason_missing() }),
    };
    const tried = { ...right, of: 'firm' as const, wrong };
    if (Object.keys(wrong).length > 0) return fail(422, { ...tried, typed });
    const response = await api(event.fetch).v1.estates[':estate'].firms.$post({
      param: { estate: textOf(form, 'estate') },
      json: { firm, since, reason, version: Number(textOf(form, 'version')) },
    });
    if (!response.ok) return refused(event, response, 'firm', { typed });
    return { ...tried, serving: since };
  },
};

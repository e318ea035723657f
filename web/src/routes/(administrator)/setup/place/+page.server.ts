import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { communitiesOf } from '$lib/setup/communities.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The levels of the official divisions, by the digits of their codes. */
const LEVELS = [
  ['province', 2],
  ['city', 4],
  ['county', 6],
  ['street', 9],
] as const;

/**
 * Each choice opens the next list. A code further down than the choice above it is left over from an earlier one and is
 * forgotten; where there is but one to choose (a city's 市辖区), it is chosen.
 */
export const load: PageServerLoad = async ({ fetch, url }) => {
  const under = async (code: string) =>
    (await readOrFail(api(fetch).v1.divisions.$get({ query: code === '' ? {} : { under: code } }))).items;
  const levels = [];
  let above: string | undefined = '';
  for (const [name] of LEVELS) {
    if (above === undefined) break;
    const items: { code: string; name: string }[] = await under(above);
    const wanted = url.searchParams.get(name);
    const only: string | undefined = items.length === 1 ? items[0]?.code : undefined;
    const code = items.find((item) => item.code === wanted)?.code ?? only;
    levels.push({ name, items, code: code ?? '' });
    above = code;
  }
  const street = above !== undefined && above !== '' && levels.length === LEVELS.length ? above : null;
  const communities = street === null ? [] : (await under(street)).map(({ name }) => name);
  return { levels, street, communities, known: await communitiesOf(fetch) };
};

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const [street, community] = [textOf(form, 'street'), textOf(form, 'community')];
    if (community === '' || community.length > 40)
      return fail(422, { community, error: m.setup_community_missing(), problem: null });
    const response = await api(fetch).v1.books.$post({ json: { street, community } });
    if (response.ok) redirect(303, `/setup?community=${(await response.json()).community}`);
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    return fail(response.status, { community, error: problem.fields['community'], problem });
  },
};

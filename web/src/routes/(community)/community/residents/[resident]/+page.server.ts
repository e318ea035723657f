import { error, fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const estate = chosenEstate(await estatesOf(fetch, ['staff', 'operator']), url);
  if (estate === undefined) redirect(303, '/community/residents');
  const one = api(fetch).v1.estates[':estate'].residents[':resident'];
  const param = { estate: estate.id, resident: params.resident };
  const resident = await readOrFail(one.$get({ param }));
  const [{ units }, { items: movements }, { items: namesakes }] = await Promise.all([
    readOrFail(one.points.$get({ param })),
    readOrFail(one.movements.$get({ param, query: { limit: '10' } })),
    readOrFail(api(fetch).v1.people[':person'].namesakes.$get({ param: { person: params.resident } })),
  ]);
  return { estate, namesakes, resident, units, movements, origin: url.origin, now: Date.now() };
};

export const actions: Actions = {
  // The link is shown once, on the page that made it, so this does not redirect.
  default: async ({ fetch, params, url, locals }) => {
    const estate = url.searchParams.get('estate');
    if (estate === null) error(404, m.error_missing_title());
    const answer = await api(fetch).v1.estates[':estate'].residents[':resident'].invitation.$post({
      param: { estate, resident: params.resident },
    });
    if (answer.ok) {
      const { canSignIn, token = null, endsAt = null } = await answer.json();
      return { made: { canSignIn, token, endsAt }, problem: null };
    }
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    return fail(answer.status, { made: null, problem: await readProblem(answer, locals.locale, busy) });
  },
};

import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, locals }) => {
  const { me } = api(fetch).v1;
  const isActing = locals.acting !== null;
  const [{ items: homes, more }, { items: dues }, pools] = await Promise.all([
    readOrFail(me.household.$get()),
    readOrFail(me.dues.$get()),
    // Only they themselves say whether their points pay along.
    isActing ? [] : readOrFail(me.pools.$get()).then(({ items }) => items),
  ]);
  return {
    homes: homes.map((home) => ({
      ...home,
      due: dues.find(({ house }) => house.id === home.id),
      pool: pools.find(({ house }) => house.id === home.id),
    })),
    more,
    isActing,
  };
};

export const actions: Actions = {
  agree: async ({ request, fetch, locals }) => {
    const house = textOf(await request.formData(), 'house');
    const mine = api(fetch).v1.houses[':house']['my-pool-consent'];
    const answer = await mine.$put({ param: { house }, json: {} });
    return answer.ok
      ? { house, agreed: true, problem: null }
      : refused(answer, { house, locale: locals.locale });
  },
  leave: async ({ request, fetch, locals }) => {
    const house = textOf(await request.formData(), 'house');
    const mine = api(fetch).v1.houses[':house']['my-pool-consent'];
    const answer = await mine.$delete({ param: { house } });
    return answer.ok
      ? { house, agreed: false, problem: null }
      : refused(answer, { house, locale: locals.locale });
  },
};

async function refused(response: Response, { house, locale }: { house: string; locale: string }) {
  const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locale, words);
  return fail(problem.status, { house, agreed: null, problem });
}

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, locals }) => {
  const { me } = api(fetch).v1;
  const [{ items: homes, more }, { items: dues }] = await Promise.all([
    readOrFail(me.household.$get()),
    readOrFail(me.dues.$get()),
  ]);
  return {
    homes: homes.map((home) => ({ ...home, due: dues.find(({ house }) => house.id === home.id) })),
    more,
    isActing: locals.acting !== null,
  };
};

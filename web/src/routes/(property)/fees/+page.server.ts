import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import { waitingForMe } from '$lib/waiting/waiting.server.ts';
import type { PageServerLoad } from './$types';

/** What the list of bills had in its address, when it stood here. */
const OF_THE_LIST = ['period', 'state', 'house', 'cursor'];

export const load: PageServerLoad = async ({ fetch, url }) => {
  if (OF_THE_LIST.some((name) => url.searchParams.has(name)) && !url.searchParams.has('from'))
    redirect(308, `/fees/bills${url.search}`);
  const after = url.searchParams.get('from');
  const query = after === null ? {} : { cursor: after };
  const [{ items: estates, next = null }, waiting] = await Promise.all([
    readOrFail(api(fetch).v1['months-at-work'].$get({ query })),
    waitingForMe(fetch),
  ]);
  return { estates, next, waiting, today: Date.now() };
};

import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { firstShown } from '$lib/disclosure/months.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

/** To the month that a passer-by looks for: the last one that is over. */
export const load: PageServerLoad = async ({ fetch, params: { estate } }) => {
  const months = await readOrFail(api(fetch).v1.board.estates[':estate'].$get({ param: { estate } }));
  redirect(307, `/board/${estate}/${firstShown(months)}`);
};

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params }) => ({
  closure: params.closure,
  voucher: await readOrFail(
    api(fetch).v1.closures[':closure'].voucher.$get({ param: { closure: params.closure } }),
  ),
});

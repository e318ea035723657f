import { api } from '$lib/api.ts';
import { firmIn } from '$lib/closing/papers.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => ({
  closure: params.closure,
  voucher: await readOrFail(
    api(fetch).v1.closures[':closure'].voucher.$get({
      param: { closure: params.closure },
      query: firmIn(url),
    }),
  ),
});

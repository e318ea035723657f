import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params: { transaction } }) => {
  const why = await readOrFail(
    api(fetch).v1.transactions[':transaction'].why.$get({ param: { transaction } }),
  );
  return { why };
};

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url, parent }) => {
  const { me } = await parent();
  const of = api(fetch).v1['funder-statements'][':funderStatement'];
  const param = { funderStatement: params.statement };
  const cursor = url.searchParams.get('cursor');
  const [statement, { items, next = null }] = await Promise.all([
    readOrFail(of.$get({ param })),
    readOrFail(
      of.differences.$get({ param, query: { limit: '50', ...(cursor === null ? {} : { cursor }) } }),
    ),
  ]);
  return { me, statement, differences: items, next };
};

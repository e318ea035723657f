import { api } from '$lib/api.ts';
import { resolveBreak } from '$lib/fees/resolve.server.ts';
import { newKey } from '$lib/idempotency.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const lists = api(fetch).v1['posted-lists'][':import'];
  const param = { import: params.import };
  const cursor = url.searchParams.get('cursor');
  const [list, { items, next }] = await Promise.all([
    readOrFail(lists.$get({ param })),
    readOrFail(lists.breaks.$get({ param, query: cursor === null ? {} : { cursor } })),
  ]);
  return { list, breaks: items, next: next ?? null, key: newKey() };
};

export const actions: Actions = { resolve: resolveBreak };

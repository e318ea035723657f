import { api } from '$lib/api.ts';
import { breakActions } from '$lib/fees/break-actions.server.ts';
import { newKey } from '$lib/idempotency.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const lists = api(fetch).v1['posted-lists'][':import'];
  const param = { import: params.import };
  const cursor = url.searchParams.get('cursor');
  const query = cursor === null ? {} : { cursor };
  const show =
    url.searchParams.get('show') === 'not-yet-due' ? ('not-yet-due' as const) : ('breaks' as const);
  const list = await readOrFail(lists.$get({ param }));
  const shown = { list, show, key: newKey() };
  if (show === 'not-yet-due') {
    const { items, next } = await readOrFail(lists['not-yet-due'].$get({ param, query }));
    return { ...shown, breaks: [], waiting: items, next: next ?? null };
  }
  const { items, next } = await readOrFail(lists.breaks.$get({ param, query }));
  return { ...shown, breaks: items, waiting: [], next: next ?? null };
};

export const actions: Actions = breakActions;

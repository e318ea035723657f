import { api } from '$lib/api.ts';
import { breakActions } from '$lib/fees/break-actions.server.ts';
import { breakViews, queryOfView } from '$lib/fees/break-filters.ts';
import { breakKinds, sortsByValue } from '$lib/fees/words.ts';
import { newKey } from '$lib/idempotency.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import { groups } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  const state = wordOf(url, 'state', ['open', 'resolved']) ?? 'open';
  const sort = wordOf(url, 'sort', sortsByValue) ?? sortsByValue[0];
  const kind = wordOf(url, 'kind', ['all', ...breakKinds]) ?? 'all';
  const view = wordOf(url, 'view', breakViews) ?? 'all';
  const text = (url.searchParams.get('q') ?? '').trim().slice(0, 40);
  const query = {
    ...{ state, sort },
    ...(kind === 'all' ? {} : { kind }),
    ...(state === 'open' ? queryOfView(view) : view === 'asked' ? { only: view } : {}),
    ...(text === '' ? {} : { q: text }),
  };
  const shown = {
    estates,
    state,
    sort,
    view,
    text,
    query,
    key: newKey(),
    kind: kind === 'all' ? null : kind,
  };
  if (estate === null) return { ...shown, estate, breaks: [], next: null, summary: null };
  const cursor = url.searchParams.get('cursor');
  const { breaks } = api(fetch).v1.estates[':estate'];
  const param = { estate: estate.id };
  const [{ items, next = null }, summary] = await Promise.all([
    readOrFail(breaks.$get({ param, query: { ...query, ...(cursor === null ? {} : { cursor }) } })),
    readOrFail(breaks.summary.$get({ param })),
  ]);
  return { ...shown, estate, breaks: items, next, summary };
};

export const actions: Actions = breakActions;

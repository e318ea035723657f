import { error, fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { markBatch } from '$lib/fees/mark-batch.server.ts';
import { monthsToChoose } from '$lib/fees/months.ts';
import { isNumber } from '$lib/fees/offset-number.ts';
import { sortsByValue, offsetStates } from '$lib/fees/words.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import { groups } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  const { find, period } = searchIn(url);
  const isSearch = find !== '' || period !== null;
  const state = wordOf(url, 'state', [...offsetStates, 'all']) ?? (isSearch ? 'all' : 'held');
  const months = monthsToChoose(Date.now(), period);
  const sort = wordOf(url, 'sort', sortsByValue) ?? sortsByValue[0];
  const key = newKey();
  const asks = url.searchParams.has('export');
  if (estate === null) {
    const waiting = { count: 0, value: '0.00', leftOut: { count: 0, items: [] } };
    return {
      estates,
      estate,
      ...{ find, period, months },
      state,
      sort,
      key,
      asks,
      waiting,
      offsets: [],
      next: null,
      batches: [],
      nextBatches: null,
      format: 'xlsx' as const,
    };
  }
  const cursor = url.searchParams.get('cursor');
  const { v1 } = api(fetch);
  const param = { estate: estate.id };
  const batchesAfter = url.searchParams.get('batches');
  const [page, { items: batches, next: nextBatches = null }, waiting, { layout }] = await Promise.all([
    readOrFail(
      v1.estates[':estate'].offsets.$get({
        param,
        query: {
          ...(state !== 'all' && { state }),
          ...(period !== null && { period }),
          ...(find !== '' && (isNumber(find) ? { number: find } : { house: find })),
          ...{ sort, ...(cursor === null ? {} : { cursor }) },
        },
      }),
    ),
    readOrFail(
      v1.estates[':estate']['offset-exports'].$get({
        param,
        query: { limit: '10', ...(batchesAfter === null ? {} : { cursor: batchesAfter }) },
      }),
    ),
    readOrFail(v1.estates[':estate']['offset-exports'].next.$get({ param })),
    readOrFail(v1.estates[':estate']['export-layout'].$get({ param })),
  ]);
  const { items: offsets, next = null } = page;
  const shown = { offsets, next, batches, nextBatches, format: layout.file };
  return { estates, estate, state, sort, key, asks, waiting, find, period, months, ...shown };
};

function searchIn(url: URL): { find: string; period: string | null } {
  const period = url.searchParams.get('period') || null;
  if (period !== null && !/^20\d{2}-(0[1-9]|1[0-2])$/.test(period)) error(400, m.error_address_title());
  return { find: (url.searchParams.get('find') ?? '').trim().slice(0, 30), period };
}

export const actions: Actions = {
  export: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const response = await api(fetch).v1.estates[':estate']['offset-exports'].$post(
      {
        param: { estate: textOf(form, 'estate') },
        query: { count: textOf(form, 'count'), value: textOf(form, 'value') },
      },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) return { key: newKey(), batch: await response.json(), marked: null, problem: null };
    const problem = await readProblem(response, locals.locale, {
      title: m.error_busy_title(),
      advice: m.error_busy_advice(),
    });
    return fail(response.status, { key: keyAfter(key, problem), batch: null, marked: null, problem });
  },
  mark: async (event) => {
    const answered = await markBatch(event);
    if (!('marked' in answered))
      return fail(answered.status, { ...answered.data, key: newKey(), batch: null });
    return { ...answered, key: newKey(), batch: null };
  },
};

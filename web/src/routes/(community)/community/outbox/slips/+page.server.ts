import { error } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

/** As many as one cuts and carries at a time. */
const most = 50;

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estate = chosenEstate(await estatesOf(fetch, ['staff', 'operator']), url);
  if (estate === undefined) error(404, m.error_missing_title());
  const { items, next } = await readOrFail(
    api(fetch).v1.places[':place'].outbox.$get({
      param: { place: estate.id },
      query: { state: 'waiting', limit: String(most) },
    }),
  );
  // One slip a person, with all that is to be said.
  const slips = new Map<string, typeof items>();
  for (const line of items) slips.set(line.person.id, [...(slips.get(line.person.id) ?? []), line]);
  const byHome = [...slips.values()].sort((a, b) =>
    (a[0]?.person.house ?? '').localeCompare(b[0]?.person.house ?? '', 'zh-CN', { numeric: true }),
  );
  return { estate, slips: byHome, most: next === undefined ? null : most };
};

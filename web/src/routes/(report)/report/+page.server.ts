import { api } from '$lib/api.ts';
import { firstShown } from '$lib/disclosure/months.ts';
import { reportPlacesOf } from '$lib/disclosure/report-places.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

/** The present month in Shanghai; the report itself says which months there are. */
function presentMonth(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
}

export const load: PageServerLoad = async ({ fetch, url }) => {
  const places = await reportPlacesOf(fetch);
  const place = places.find(({ id }) => id === url.searchParams.get('place')) ?? places[0];
  if (place === undefined) return { places, report: null, estates: [], hasMore: false };
  const reports = api(fetch).v1.places[':place'].reports[':month'];
  const read = (month: string) => readOrFail(reports.$get({ param: { place: place.id, month } }));
  const asked = url.searchParams.get('month');
  const newest = await read(asked ?? presentMonth());
  const month = asked ?? firstShown(newest);
  const report = month === newest.month ? newest : await read(month);
  const param = { place: place.id, month };
  const { items, next } = await readOrFail(reports.estates.$get({ param, query: { limit: '100' } }));
  return { places, report, estates: items, hasMore: next !== undefined };
};

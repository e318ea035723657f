import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';

/** The kinds of points that a place may give, by their codes. */
export async function unitsAt(fetch: typeof globalThis.fetch, place: string): Promise<string[]> {
  const { items } = await readOrFail(api(fetch).v1.places[':place'].units.$get({ param: { place } }));
  return [...new Set(['VOL', 'CON', ...items.map(({ code }) => code)])];
}

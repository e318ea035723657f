import type { InferResponseType } from 'hono/client';
import { api } from '$lib/api.ts';

type Exposure = InferResponseType<ReturnType<typeof api>['v1']['places'][':place']['exposure']['$get'], 200>;
export type Limit = Exposure['limits'][number];

/** Payers of whom four fifths of what may be unpaid is, or more; the sale goes on where this cannot be asked. */
export async function limitsNear(fetch: typeof globalThis.fetch, place: string): Promise<Limit[]> {
  const response = await api(fetch).v1.places[':place'].exposure.$get({ param: { place } });
  if (!response.ok) return [];
  const { limits } = await response.json();
  return limits.filter(({ state }) => state !== 'within');
}

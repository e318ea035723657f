import { api } from '$lib/api.ts';
import type { Desk } from './words.ts';

export type WaitingHere = { count: number; place: string; desk: Desk };

/** How many questions wait at a desk, for the first page of those who answer them; no page fails for want of it. */
export async function waitingHere(
  fetch: typeof globalThis.fetch,
  place: string,
  desk: Desk,
): Promise<WaitingHere | null> {
  const response = await api(fetch).v1.places[':place']['waiting-inquiries'].$get({ param: { place } });
  if (!response.ok) return null;
  const { desks } = await response.json();
  const count = desks.find((one) => one.desk === desk)?.waiting ?? 0;
  return count === 0 ? null : { count, place, desk };
}

import { error } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';

type Visit = { fetch: typeof globalThis.fetch; params: { resident: string }; url: URL };

/** The resident before the staff of an estate; nobody else serves at a desk. Each look stands in the access log. */
export async function residentAtDesk({ fetch, params, url }: Visit) {
  const estate = chosenEstate(await estatesOf(fetch, ['staff']), url);
  if (estate === undefined) error(403, m.error_forbidden_title());
  const desk = api(fetch).v1.estates[':estate'].residents[':resident'];
  const param = { estate: estate.id, resident: params.resident };
  return { estate, desk, param, resident: await readOrFail(desk.$get({ param })) };
}

/** For an answer that says nothing itself. */
export const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

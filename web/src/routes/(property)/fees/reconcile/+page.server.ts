import { importsOf } from '$lib/files/imports.server.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { groups } from '$lib/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, depends }) => {
  depends('files:run');
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  if (estate === null) return { estates, estate, imports: [], next: null, run: null };
  return { estates, estate, ...(await importsOf(fetch, url, { estate: estate.id, kind: 'posted-list' })) };
};

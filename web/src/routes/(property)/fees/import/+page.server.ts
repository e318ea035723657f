import { api } from '$lib/api.ts';
import { monthsAround } from '$lib/fees/months.ts';
import { importsOf } from '$lib/files/imports.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, depends }) => {
  depends('files:run');
  const estates = await estatesOf(fetch, ['accountant']);
  const estate = chosenEstate(estates, url) ?? null;
  const months = monthsAround(Date.now(), { ahead: 1, back: 5 });
  if (estate === null)
    return { estates, estate, months, mappings: [], decided: [], imports: [], next: null, run: null };
  const [{ items: mappings }, { items: decided }, imports] = await Promise.all([
    readOrFail(
      api(fetch).v1.estates[':estate']['bill-mappings'].$get({
        param: { estate: estate.id },
        query: { limit: '50' },
      }),
    ),
    readOrFail(
      api(fetch).v1.estates[':estate']['house-names'].$get({
        param: { estate: estate.id },
        query: { limit: '100' },
      }),
    ),
    importsOf(fetch, url, { estate: estate.id, kind: 'bills' }),
  ]);
  return { estates, estate, months, mappings, decided, ...imports };
};

import { api } from '$lib/api.ts';
import { monthsAround } from '$lib/fees/months.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['accountant']);
  const estate = chosenEstate(estates, url) ?? null;
  const months = monthsAround(Date.now(), { ahead: 1, back: 5 });
  const asked = url.searchParams.get('period');
  const period = months.find((month) => month === asked) ?? months[1] ?? '';
  if (estate === null) return { estates, estate, months, period, bills: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const { items, next } = await readOrFail(
    api(fetch).v1.estates[':estate'].bills.$get({
      param: { estate: estate.id },
      query: { period, limit: '50', ...(cursor === null ? {} : { cursor }) },
    }),
  );
  return { estates, estate, months, period, bills: items, next: next ?? null };
};

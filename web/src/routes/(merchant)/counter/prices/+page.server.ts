import { api } from '$lib/api.ts';
import { findOutlets } from '$lib/counter/outlet.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, cookies }) => {
  const { outlet } = await findOutlets(fetch, cookies);
  if (outlet === null) return { place: '', prices: null };
  return {
    place: outlet.id,
    prices: await readOrFail(api(fetch).v1.merchants[':place'].prices.$get({ param: { place: outlet.id } })),
  };
};

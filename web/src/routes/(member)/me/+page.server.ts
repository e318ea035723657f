import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch }) => {
  const { me } = api(fetch).v1;
  const [points, movements, houses] = await Promise.all([
    readOrFail(me.points.$get()),
    readOrFail(me.movements.$get({ query: { limit: '5' } })),
    readOrFail(me.houses.$get()),
  ]);
  return { units: points.units, movements: movements.items, house: houses.items[0] ?? null, now: Date.now() };
};

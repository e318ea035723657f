import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, locals }) => {
  const { me } = api(fetch).v1;
  const [points, movements, houses, principals] = await Promise.all([
    readOrFail(me.points.$get()),
    readOrFail(me.movements.$get({ query: { limit: '5' } })),
    readOrFail(me.houses.$get()),
    readOrFail(me.principals.$get({ query: { limit: '20' } })),
  ]);
  const mine = locals.acting === null ? principals.items : [];
  return {
    principals: mine.map(({ principal }) => principal),
    units: points.units,
    movements: movements.items,
    house: houses.items[0] ?? null,
    now: Date.now(),
  };
};

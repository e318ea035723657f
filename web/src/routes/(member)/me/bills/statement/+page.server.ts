import { api } from '$lib/api.ts';
import { readHouseStatement } from '$lib/fees/house-statement.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { items: houses } = await readOrFail(api(fetch).v1.me.houses.$get());
  const house = houses.find(({ id }) => id === url.searchParams.get('house')) ?? houses[0];
  return { statement: house === undefined ? null : await readHouseStatement(fetch, url, house.id) };
};

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const v1 = api(fetch).v1;
  const { items: houses } = await readOrFail(v1.me.houses.$get());
  const house = houses.find(({ id }) => id === url.searchParams.get('house')) ?? houses[0] ?? null;
  if (house === null) return { houses, house, bills: [], next: null, offsets: [] } as const;
  const cursor = url.searchParams.get('cursor');
  const [page, offsets] = await Promise.all([
    readOrFail(
      v1.houses[':house'].bills.$get({
        param: { house: house.id },
        query: { limit: '12', ...(cursor === null ? {} : { cursor }) },
      }),
    ),
    readOrFail(v1.me.offsets.$get({ query: { limit: '5' } })),
  ]);
  return { houses, house, bills: page.items, next: page.next ?? null, offsets: offsets.items } as const;
};

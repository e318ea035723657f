import { residentAtDesk } from '$lib/acting/desk.server.ts';
import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { fetch, url } = event;
  const { estate, desk, param, resident } = await residentAtDesk(event);
  const cursor = url.searchParams.get('cursor');
  const chosen = resident.homes.find(({ id }) => id === url.searchParams.get('house'));
  // Going on to earlier bills goes on with one house.
  const houses = cursor !== null && chosen !== undefined ? [chosen] : resident.homes;
  const [pages, offsets] = await Promise.all([
    Promise.all(
      houses.map(async (house) => ({
        house,
        ...(await readOrFail(
          api(fetch).v1.houses[':house'].bills.$get({
            param: { house: house.id },
            query: { limit: '100', ...(cursor === null ? {} : { cursor }) },
          }),
        )),
      })),
    ),
    readOrFail(desk.offsets.$get({ param, query: { limit: '10' } })),
  ]);
  const bills = pages.flatMap(({ items }) =>
    items.filter(({ state, toPay }) => state === 'open' && Number(toPay) > 0),
  );
  const older = pages.flatMap(({ house, next }) => (next === undefined ? [] : [{ house, next }]));
  return { estate, resident, bills, older, offsets: offsets.items, isOlder: cursor !== null };
};

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import { basketCookie, readBasket } from '$lib/shop/basket.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, cookies }) => {
  const { me } = api(fetch).v1;
  const [{ items: shops }, { units }] = await Promise.all([
    readOrFail(me.shops.$get({ query: { limit: '100' } })),
    readOrFail(me.points.$get()),
  ]);
  const words = (url.searchParams.get('q') ?? '').trim().slice(0, 40);
  const cursor = url.searchParams.get('cursor');
  const chosen = shops.find(({ id }) => id === url.searchParams.get('shop')) ?? shops[0] ?? null;
  const basket = readBasket(cookies.get(basketCookie)).reduce((sum, { quantity }) => sum + quantity, 0);
  const base = { shops, chosen, words, basket, units, added: url.searchParams.get('added') };
  if (chosen === null) return { ...base, goods: [], next: null };
  const query = { limit: '24', ...(words !== '' && { q: words }), ...(cursor !== null && { cursor }) };
  const shelf = await readOrFail(me.shops[':place'].goods.$get({ param: { place: chosen.id }, query }));
  return { ...base, goods: shelf.items, next: shelf.next ?? null };
};

import { api } from '$lib/api.ts';
import { findOutlets } from '$lib/counter/outlet.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

const SHOWN = ['on', 'off', 'low'] as const;

export const load: PageServerLoad = async ({ fetch, cookies, url }) => {
  const { outlet } = await findOutlets(fetch, cookies);
  const words = (url.searchParams.get('q') ?? '').trim().slice(0, 40);
  const shown = SHOWN.find((one) => one === url.searchParams.get('show')) ?? 'all';
  const sort = url.searchParams.get('sort') === 'name' ? ('name' as const) : ('newest' as const);
  const base = { outlet, words, shown, sort, done: url.searchParams.get('done') };
  if (outlet === null) return { ...base, goods: [], next: null };
  const cursor = url.searchParams.get('cursor');
  const query = {
    ...{ limit: '30', sort },
    ...(words !== '' && { q: words }),
    ...(shown === 'low' ? { low: 'yes' as const } : shown === 'all' ? {} : { state: shown }),
    ...(cursor !== null && { cursor }),
  };
  const { goods } = api(fetch).v1.merchants[':place'];
  const page = await readOrFail(goods.$get({ param: { place: outlet.id }, query }));
  return { ...base, goods: page.items, next: page.next ?? null };
};

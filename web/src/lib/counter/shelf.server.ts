import { api } from '$lib/api.ts';
import type { OnShelf } from './pieces.ts';
import type { Sale } from './sale.ts';

/** What this till may tap for 收分; nothing while it gives points, and nothing where the shelves do not answer. */
export async function shelfFor(
  fetch: typeof globalThis.fetch,
  { place, sale }: { place: string; sale: Pick<Sale, 'mode'> },
): Promise<OnShelf[]> {
  if (sale.mode === 'give') return [];
  const { goods } = api(fetch).v1.merchants[':place'];
  const query = { limit: '100', sort: 'name', state: 'on' } as const;
  const answer = await goods.$get({ param: { place }, query });
  if (!answer.ok) return [];
  return (await answer.json()).items.map(({ id, name, category, unit, price, points, yuan, left }) => ({
    ...{ id, name, category, unit, price, points, yuan, left },
  }));
}

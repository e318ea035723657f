/** Moving about in the tree of places: where somebody has a post, what lies within a place, and what above. */
import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Role } from '$lib/session.ts';

type Fetch = typeof globalThis.fetch;
export type Placed = { id: string; kind: string; name: string };

const WITHIN: Record<string, readonly ('street' | 'community' | 'estate' | 'merchant' | 'firm')[]> = {
  district: ['street'],
  street: ['community', 'estate', 'merchant', 'firm'],
  community: ['estate', 'merchant', 'firm'],
  estate: ['firm', 'merchant'],
};

/** The places where somebody holds one of these posts. */
export async function placesWith(fetch: Fetch, posts: readonly Role[]): Promise<Placed[]> {
  const { items } = await readOrFail(api(fetch).v1.places.$get());
  return items.filter(({ roles }) => roles.some((role) => posts.includes(role)));
}

/** One place with its neighbours up and down, as far as this person may see them. */
export async function placeAround(fetch: Fetch, id: string) {
  const { places } = api(fetch).v1;
  const place = await readOrFail(places[':place'].$get({ param: { place: id } }));
  const [parent, ...within] = await Promise.all([
    place.parent === '' ? null : places[':place'].$get({ param: { place: place.parent } }),
    ...(WITHIN[place.kind] ?? []).map((kind) =>
      places[':place'].children.$get({ param: { place: id }, query: { kind, limit: '100' } }),
    ),
  ]);
  const above = parent?.ok ? await parent.json() : null;
  const below: Placed[] = [];
  for (const answer of within) if (answer.ok) below.push(...(await answer.json()).items);
  return { place, above, below };
}

/** The one that the address names, or the first of one's own; undefined for nobody with a place. */
export function chosenPlace(mine: readonly Placed[], url: URL): string | undefined {
  const named = url.searchParams.get('place');
  return named !== null && /^[\da-f-]{36}$/.test(named) ? named : mine[0]?.id;
}

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Role } from '$lib/session.ts';

export type Estate = { id: string; name: string };
type Found = { id: string; name: string; kind: string };

/** What lies between a post and its estates, from the top. */
const below: Record<string, readonly ('street' | 'community' | 'estate')[]> = {
  district: ['street'],
  street: ['community', 'estate'],
  community: ['estate'],
};
/** A district has some four hundred; the one that the address names must be among them. */
const most = 500;

/** The estates that somebody works for in one of these posts, in the order in which they were added. */
export async function estatesOf(fetch: typeof globalThis.fetch, posts: readonly Role[]): Promise<Estate[]> {
  const { v1 } = api(fetch);
  const { items } = await readOrFail(v1.places.$get());
  const found: Estate[] = [];
  const open: Found[] = items.filter((place) => place.roles.some((role) => posts.includes(role)));
  for (let place = open.shift(); place !== undefined && found.length < most; place = open.shift()) {
    if (place.kind === 'estate') {
      const { id, name } = place;
      if (!found.some((estate) => estate.id === id)) found.push({ id, name });
    }
    for (const kind of below[place.kind] ?? []) {
      const children = await readOrFail(
        v1.places[':place'].children.$get({ param: { place: place.id }, query: { kind, limit: '100' } }),
      );
      open.push(...children.items);
    }
  }
  return found;
}

/** The estate that the address names, or else the first; undefined when there is none to work for. */
export function chosenEstate(estates: readonly Estate[], url: URL): Estate | undefined {
  return estates.find(({ id }) => id === url.searchParams.get('estate')) ?? estates[0];
}

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';

export type Community = { id: string; name: string };

/** The communities that an administrator sets up: their own, and those of the streets and books they are responsible for. */
export async function communitiesOf(fetch: typeof globalThis.fetch): Promise<Community[]> {
  const { v1 } = api(fetch);
  const { items } = await readOrFail(v1.places.$get());
  const found: Community[] = [];
  const open = items
    .filter(({ roles }) => roles.includes('operator'))
    .map(({ id, kind, name }) => ({ id, kind, name }));
  for (let place = open.shift(); place !== undefined && found.length < 60; place = open.shift()) {
    if (place.kind === 'community') {
      const { id, name } = place;
      if (!found.some((known) => known.id === id)) found.push({ id, name });
    }
    const below = place.kind === 'district' ? 'street' : place.kind === 'street' ? 'community' : undefined;
    if (below === undefined) continue;
    const query = { kind: below, limit: '100' } as const;
    const children = await readOrFail(
      v1.places[':place'].children.$get({ param: { place: place.id }, query }),
    );
    open.push(...children.items);
  }
  return found;
}

/** The one that the address names, or else the newest; undefined before the first. */
export function chosenCommunity(communities: readonly Community[], url: URL): Community | undefined {
  return communities.find(({ id }) => id === url.searchParams.get('community')) ?? communities.at(-1);
}

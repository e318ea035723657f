import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Role } from '$lib/session.ts';

export type Payer = { id: string; name: string; kind: string };

/** What lies between a post and the places that pay for points. */
const below: Record<string, readonly ('street' | 'community' | 'merchant' | 'firm')[]> = {
  district: ['street'],
  street: ['community'],
  community: ['merchant', 'firm'],
};
const most = 120;

/** The places whose funds this person looks after: communities, and the shops and firms within them. */
export async function payersOf(
  fetch: typeof globalThis.fetch,
  posts: readonly Role[] = ['staff', 'operator'],
): Promise<Payer[]> {
  const { v1 } = api(fetch);
  const { items } = await readOrFail(v1.places.$get());
  const open: Payer[] = items
    .filter(({ roles }) => roles.some((role) => posts.includes(role)))
    .map(({ id, name, kind }) => ({ id, name, kind }));
  const found: Payer[] = [];
  for (let place = open.shift(); place !== undefined && found.length < most; place = open.shift()) {
    const { id, kind } = place;
    if (found.some((known) => known.id === id)) continue;
    if (kind !== 'district' && kind !== 'street') found.push(place);
    for (const inner of below[kind] ?? []) {
      const query = { kind: inner, limit: '100' };
      const children = await readOrFail(v1.places[':place'].children.$get({ param: { place: id }, query }));
      open.push(...children.items.map((child) => ({ id: child.id, name: child.name, kind: child.kind })));
    }
  }
  return found;
}

/** The place that the address names, or else the first. */
export function chosenPayer(payers: readonly Payer[], url: URL): Payer | undefined {
  return payers.find(({ id }) => id === url.searchParams.get('place')) ?? payers[0];
}

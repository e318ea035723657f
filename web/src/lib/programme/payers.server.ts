import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Me, Role } from '$lib/session.ts';

/** `acts`: whether this person works there as staff, and not only looks. */
export type Payer = { id: string; name: string; kind: string; acts: boolean };

/** Who changes what a place pays for and by which rules. */
const WORKING: readonly Role[] = ['staff', 'operator'];

/** What lies between a post and the places that pay for points. */
const below: Record<string, readonly ('street' | 'community' | 'merchant' | 'firm')[]> = {
  district: ['street'],
  street: ['community'],
  community: ['merchant', 'firm'],
};
const most = 120;
const isWorking = (role: Role) => WORKING.includes(role);

/** The places whose funds this person looks after: communities, and the shops and firms within them. */
export async function payersOf(
  fetch: typeof globalThis.fetch,
  posts: readonly Role[] = WORKING,
): Promise<Payer[]> {
  const { v1 } = api(fetch);
  const { items } = await readOrFail(v1.places.$get());
  const open: Payer[] = items
    .filter(({ roles }) => roles.some((role) => posts.includes(role)))
    .map(({ id, name, kind, roles }) => ({ id, name, kind, acts: roles.some(isWorking) }))
    // What one acts at goes before what one only looks at, and so do the places within it.
    .sort((a, b) => Number(b.acts) - Number(a.acts));
  const found: Payer[] = [];
  for (let place = open.shift(); place !== undefined && found.length < most; place = open.shift()) {
    const { id, kind, acts } = place;
    if (found.some((known) => known.id === id)) continue;
    if (kind !== 'district' && kind !== 'street') found.push(place);
    for (const inner of below[kind] ?? []) {
      const query = { kind: inner, limit: '100' };
      const children = await readOrFail(v1.places[':place'].children.$get({ param: { place: id }, query }));
      open.push(
        ...children.items.map((child) => ({ id: child.id, name: child.name, kind: child.kind, acts })),
      );
    }
  }
  return found;
}

/** The place that the address names, or else the first. */
export function chosenPayer(payers: readonly Payer[], url: URL): Payer | undefined {
  return payers.find(({ id }) => id === url.searchParams.get('place')) ?? payers[0];
}

/** Whether this person works as staff at a place, and not only somewhere. */
export async function actsAt(fetch: typeof globalThis.fetch, me: Me | null, place: string): Promise<boolean> {
  const held = new Set((me?.roles ?? []).map(({ role }) => role));
  if (!WORKING.some((role) => held.has(role))) return false;
  return (await payersOf(fetch)).some(({ id }) => id === place);
}

import { api } from '$lib/api.ts';
import { payersOf, type Payer } from '$lib/programme/payers.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Me } from '$lib/session.ts';
import { OF_A_FIRM, rolesOf, tabsOf, type Tab } from './tabs.ts';

/** More firms than anybody keeps the accounts of. */
const MOST_FIRMS = 20;

/** The pages of what is owed that are this person's. */
export async function tabsFor(fetch: typeof globalThis.fetch, me: Me): Promise<Tab[]> {
  return tabsOf(me, (await firmsThatPay(fetch, me)).length > 0);
}

/** The places that settle with others: those that pay or take points, and the clearing parties of one's own places. */
export async function settlingPlaces(fetch: typeof globalThis.fetch): Promise<Payer[]> {
  const { places } = api(fetch).v1;
  const found = await payersOf(fetch, rolesOf('dues'));
  const { items } = await readOrFail(places.$get());
  for (const { id, kind, roles } of items) {
    if ((kind !== 'street' && kind !== 'community') || !roles.some((role) => rolesOf('dues').includes(role)))
      continue;
    const query = { kind: 'clearing' as const, limit: '20' };
    const children = await readOrFail(places[':place'].children.$get({ param: { place: id }, query }));
    found.unshift(
      ...children.items.map((one) => ({ id: one.id, name: one.name, kind: one.kind, acts: true })),
    );
  }
  return found;
}

/** The places whose funds this person sees: as staff, as a shop's manager or auditor, or for a firm of theirs that pays. */
export async function fundPlaces(fetch: typeof globalThis.fetch, me: Me): Promise<Payer[]> {
  const places = await payersOf(fetch, rolesOf('funds'));
  const firms = await firmsThatPay(fetch, me);
  return [...places, ...firms.filter(({ id }) => places.every((one) => one.id !== id))];
}

async function firmsThatPay(fetch: typeof globalThis.fetch, me: Me): Promise<Payer[]> {
  const works = (roles: readonly string[]) => OF_A_FIRM.some((role) => roles.includes(role));
  if (!works(me.roles.map(({ role }) => role))) return [];
  const { places } = api(fetch).v1;
  const { items } = await readOrFail(places.$get());
  const own = items.filter(({ kind, roles }) => works(roles) && (kind === 'firm' || kind === 'estate'));
  const found: Payer[] = [];
  for (const { id, name, kind } of own.slice(0, MOST_FIRMS)) {
    // Whoever works in an estate works for the firm that is placed there.
    const firms =
      kind === 'firm'
        ? [{ id, name }]
        : (
            await readOrFail(
              places[':place'].children.$get({ param: { place: id }, query: { kind: 'firm', limit: '5' } }),
            )
          ).items;
    for (const firm of firms) {
      if (found.some((known) => known.id === firm.id)) continue;
      const funds = await readOrFail(
        places[':place']['fund-months'].$get({ param: { place: firm.id }, query: { limit: '1' } }),
      );
      if (funds.items.length > 0) found.push({ id: firm.id, name: firm.name, kind: 'firm', acts: true });
    }
  }
  return found;
}

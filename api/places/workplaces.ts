/** The places at which somebody works in one of some roles, those within their own included. */
import { and, asc, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { EVERYWHERE, MOST_WAITING, placesOf, type PersonActor, type Role } from '../platform/index.ts';
import type { Place, PlaceKind, Places } from './place-tree.ts';

/** A district has hundreds of estates; whoever is responsible for so many is shown the first of them, and how many are left out. */
const MOST_WORKPLACES = 60;

const PARENTS_AT_ONCE = 200;
const CONTAINERS = ['district', 'street', 'community', 'estate'] as const satisfies readonly PlaceKind[];

type Sources = { engine: Engine; places: Places };

/**
 * Of the kinds that are wanted, in the order in which they were added. At most `most`; a list that pages them itself asks
 * for all, so that no estate of a large firm is left out.
 */
export async function workplaces(
  { engine, places }: Sources,
  actor: PersonActor,
  {
    roles,
    kinds,
    most = MOST_WORKPLACES,
  }: { roles: readonly Role[]; kinds: readonly PlaceKind[]; most?: number | 'all' },
): Promise<Place[]> {
  const held = placesOf(actor, roles);
  const own = await Promise.all(held.filter((id) => id !== EVERYWHERE).map((id) => places.find(id)));
  const every = [...new Set<PlaceKind>([...kinds, ...CONTAINERS])];
  const limit = most === 'all' ? undefined : most;
  const below = (parents: readonly string[]) =>
    childrenOf(engine, { parents, kinds: every, limit: limit && (limit + 1) * every.length });
  const roots = held.includes(EVERYWHERE) ? await below(['']) : [];
  const found = new Map<string, Place>();
  const walked = new Set<string>();
  let level = [...own.filter((place) => place !== undefined), ...roots];
  while (level.length > 0 && found.size < (limit ?? Infinity)) {
    for (const place of level) if (kinds.includes(place.kind)) found.set(place.id, place);
    const parents = level.filter(({ id, kind }) => isContainer(kind) && !walked.has(id));
    for (const { id } of parents) walked.add(id);
    level = await below(parents.map(({ id }) => id));
  }
  return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
}

const WORKING = ['accountant', 'finance_lead', 'staff', 'leader', 'operator'] as const;

/** Of the estates that somebody is responsible for, how many are not looked through for what waits. */
export async function workplacesLeftOut(deps: Sources, actor: PersonActor): Promise<number> {
  const all = WORKING.map((role) =>
    workplaces(deps, actor, { roles: [role], kinds: ['estate'], most: 'all' }),
  );
  const most = Math.max(...(await Promise.all(all)).map(({ length }) => length));
  return Math.max(0, most - MOST_WORKPLACES);
}

const isContainer = (kind: PlaceKind) => CONTAINERS.some((one) => one === kind);

/** In the order of their index, so that a limit leaves out the same ones each time. */
async function childrenOf(
  { reader, tables: { places: t } }: Engine,
  {
    parents,
    kinds,
    limit = Infinity,
  }: { parents: readonly string[]; kinds: readonly PlaceKind[]; limit: number | undefined },
): Promise<Place[]> {
  const found: Place[] = [];
  const sorted = parents.toSorted();
  for (let at = 0; at < sorted.length && found.length < limit; at += PARENTS_AT_ONCE) {
    const query = reader
      .select()
      .from(t)
      .where(and(inArray(t.parent, sorted.slice(at, at + PARENTS_AT_ONCE)), inArray(t.kind, [...kinds])))
      .orderBy(asc(t.parent), asc(t.kind), asc(t.id));
    found.push(...(limit === Infinity ? await query : await query.limit(limit - found.length)));
  }
  return found;
}

/**
 * What waits at some places, each place's oldest first, until there is more than anybody counts; of every place at least
 * the first, so that the oldest of all is among them.
 */
export async function waitingAt<Row>(
  places: readonly Pick<Place, 'id'>[],
  read: (place: string, limit: number) => Promise<readonly Row[]>,
): Promise<{ rows: Row[]; isCut: boolean }> {
  const rows: Row[] = [];
  for (const { id } of places) rows.push(...(await read(id, Math.max(1, MOST_WAITING + 1 - rows.length))));
  return { rows, isCut: rows.length > MOST_WAITING };
}

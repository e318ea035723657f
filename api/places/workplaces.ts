/** The places at which somebody works in one of some roles, those within their own included. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { EVERYWHERE, MOST_WAITING, placesOf, type PersonActor, type Role } from '../platform/index.ts';
import type { Place, PlaceKind, Places } from './place-tree.ts';

/** A district has hundreds of estates; whoever is responsible for so many is shown the first of them, and how many are left out. */
const MOST_WORKPLACES = 60;

const PARENTS_AT_ONCE = 200;
const ABOVE_ESTATES = ['district', 'street', 'community'] as const satisfies readonly PlaceKind[];
const CONTAINERS = [...ABOVE_ESTATES, 'estate'] as const satisfies readonly PlaceKind[];

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

/**
 * Of the estates that somebody is responsible for, how many are not looked through for what waits. Only who has more than
 * are shown has any counted, and roles that are held at the same places once.
 */
export async function workplacesLeftOut(deps: Sources, actor: PersonActor): Promise<number> {
  const most = MOST_WORKPLACES + 1;
  const heldBy = new Map(WORKING.map((role) => [placesOf(actor, [role]).toSorted().join(), role]));
  let leftOut = 0;
  for (const role of heldBy.values()) {
    const some = await workplaces(deps, actor, { roles: [role], kinds: ['estate'], most });
    if (some.length === most)
      leftOut = Math.max(leftOut, (await estatesOf(deps, actor, role)) - MOST_WORKPLACES);
  }
  return leftOut;
}

/** How many: the places above them are walked, and they are counted. */
async function estatesOf({ engine, places }: Sources, actor: PersonActor, role: Role): Promise<number> {
  const held = placesOf(actor, [role]);
  const own = await Promise.all(held.filter((id) => id !== EVERYWHERE).map((id) => places.find(id)));
  const found = own.filter((place) => place !== undefined);
  const isRoot = held.includes(EVERYWHERE);
  const walked = new Set(isRoot ? [EVERYWHERE] : []);
  const isAbove = ({ kind }: Place) => ABOVE_ESTATES.some((one) => one === kind);
  for (let level = isRoot ? [EVERYWHERE] : found.filter(isAbove).map(({ id }) => id); level.length > 0;) {
    for (const id of level) walked.add(id);
    const below = await childrenOf(engine, { parents: level, kinds: ABOVE_ESTATES, limit: undefined });
    level = below.map(({ id }) => id).filter((id) => !walked.has(id));
  }
  const { places: t } = engine.tables;
  const above = [...walked];
  let sum = found.filter(({ kind, parent }) => kind === 'estate' && !walked.has(parent)).length;
  for (let at = 0; at < above.length; at += PARENTS_AT_ONCE)
    sum += await engine.reader.$count(
      t,
      and(inArray(t.parent, above.slice(at, at + PARENTS_AT_ONCE)), eq(t.kind, 'estate')),
    );
  return sum;
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

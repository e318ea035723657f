/** The places that a person acts at or lives in, and what lies within a place. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { EVERYWHERE, type PersonActor, type Role } from '../platform/index.ts';
import { residenciesOf } from './houses.ts';
import type { Place, PlaceKind } from './place-tree.ts';

/** The operator of everywhere sees the roots of the books. */
export async function placesSeenBy(
  engine: Engine,
  actor: PersonActor,
  day: string,
): Promise<(Place & { roles: Role[] })[]> {
  const { reader, tables } = engine;
  const { places: t, houses } = tables;
  const homes = await residenciesOf(engine, actor.person, day);
  const estates =
    homes.length === 0
      ? []
      : await reader
          .selectDistinct({ estate: houses.estate })
          .from(houses)
          .where(
            inArray(
              houses.id,
              homes.map((r) => r.house),
            ),
          );
  const held = actor.roles.filter((r) => r.place !== EVERYWHERE);
  const ids = [...new Set([...held.map((r) => r.place), ...estates.map((e) => e.estate)])];
  const rows = ids.length === 0 ? [] : await reader.select().from(t).where(inArray(t.id, ids));
  const everywhere = actor.roles.filter((r) => r.place === EVERYWHERE).map((r) => r.role);
  const roots = everywhere.length === 0 ? [] : await reader.select().from(t).where(eq(t.parent, ''));
  const found = new Map([...rows, ...roots].map((row) => [row.id, row]));
  return [...found.values()].map(({ id, book, parent, kind, name }) => {
    const roles = [...held.filter((r) => r.place === id).map((r) => r.role), ...everywhere];
    return { id, book, parent, kind, name, roles: [...new Set(roles)] };
  });
}

/** What lies directly within a place, one kind at a time, in the order in which it was added. */
export async function listChildren(
  { reader, tables: { places: t } }: Engine,
  input: { place: string; kind: PlaceKind; after?: string; limit: number },
): Promise<Place[]> {
  const later = input.after === undefined ? undefined : gt(t.id, input.after);
  return reader
    .select({ id: t.id, book: t.book, parent: t.parent, kind: t.kind, name: t.name })
    .from(t)
    .where(and(eq(t.parent, input.place), eq(t.kind, input.kind), later))
    .orderBy(asc(t.id))
    .limit(input.limit);
}

/** Every estate, of all books, in the order in which it was added. */
export async function listEstates(
  { reader, tables: { places: t } }: Engine,
  input: { after?: string; limit: number },
): Promise<Place[]> {
  const later = input.after === undefined ? undefined : gt(t.id, input.after);
  return reader
    .select({ id: t.id, book: t.book, parent: t.parent, kind: t.kind, name: t.name })
    .from(t)
    .where(and(eq(t.kind, 'estate'), later))
    .orderBy(asc(t.id))
    .limit(input.limit);
}

const AT_ONCE = 500;

/** All of them, however many, read piece by piece. */
export function allChildren(
  engine: Engine,
  of: { place: string; kind: PlaceKind },
  atOnce = AT_ONCE,
): Promise<Place[]> {
  const next = (last: Place | undefined) =>
    listChildren(engine, { ...of, limit: atOnce, ...(last && { after: last.id }) });
  return pieceByPiece(next, atOnce);
}

/** `next` reads at most `atOnce` rows in the order of their index: those after the last one. */
export async function pieceByPiece<Row>(
  next: (last: Row | undefined) => PromiseLike<Row[]>,
  atOnce: number,
): Promise<Row[]> {
  const found: Row[] = [];
  for (let piece = await next(undefined); piece.length > 0; piece = await next(found.at(-1))) {
    found.push(...piece);
    if (piece.length < atOnce) break;
  }
  return found;
}

/** The estates within a place, itself included if it is one, in the order in which they were added. */
export async function estatesWithin(engine: Engine, place: Place): Promise<Place[]> {
  if (place.kind === 'estate') return [place];
  const found: Place[] = [];
  for (const kind of ['estate', 'community', 'street'] as const) {
    const children = await allChildren(engine, { place: place.id, kind });
    if (kind === 'estate') found.push(...children);
    else for (const child of children) found.push(...(await estatesWithin(engine, child)));
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

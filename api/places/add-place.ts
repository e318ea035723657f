import { and, eq } from 'drizzle-orm';
import { problem, type Deps, type Problem } from '../platform/index.ts';
import type { Place, PlaceKind } from './place-tree.ts';

/** Adds a place under its parent ('' for a book's root); the same place again is the one that is there. */
export async function addPlace(
  { engine, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  input: { book: number; parent: string; kind: PlaceKind; name: string; division?: string },
): Promise<Place | Problem> {
  const { places } = engine.tables;
  const { book, parent, kind, name, division = null } = input;
  const row = { id: ids(), version: 1, book, parent, kind, name, division, createdAt: clock() };
  await engine.db.insert(places).values(row).onConflictDoNothing();
  const [stored] = await engine.db
    .select()
    .from(places)
    .where(
      and(eq(places.book, book), eq(places.parent, parent), eq(places.kind, kind), eq(places.name, name)),
    );
  return stored ?? problem('already-exists');
}

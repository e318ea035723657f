import { and, eq, ne } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { accessLogRow } from '../identity/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import type { ProductDeps } from './index.ts';
import type { Place } from './place-tree.ts';

export type PlaceRow = Place & { version: number };

/** A place as it is stored now, with its version. */
export async function findPlaceRow(
  { db, tables: { places: t } }: Engine,
  id: string,
): Promise<PlaceRow | undefined> {
  const [row] = await db
    .select({ id: t.id, book: t.book, parent: t.parent, kind: t.kind, name: t.name, version: t.version })
    .from(t)
    .where(eq(t.id, id));
  return row;
}

/** Corrects a place's name; the log keeps who did, and what it was called. */
export async function renamePlace(
  { engine: shared, places, ids, clock }: Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>,
  input: { place: string; name: string; version: number; actor: Actor },
): Promise<PlaceRow | Problem> {
  const { name, version } = input;
  const stored = await findPlaceRow(shared, input.place);
  if (!stored) return problem('not-found');
  // The neighbours take turns, since it is among them that a name is one place's alone.
  const done = await shared.exclusively(`places:${stored.book}:${stored.parent}`, async (engine) => {
    const { places: t, accessLog } = engine.tables;
    const found = await findPlaceRow(engine, input.place);
    if (!found) return problem('not-found');
    if (found.version !== version) return problem('changed-meanwhile');
    if (found.name === name) return found;
    const like = and(eq(t.book, found.book), eq(t.parent, found.parent), eq(t.kind, found.kind));
    const twins = await engine.db
      .select({ id: t.id })
      .from(t)
      .where(and(like, eq(t.name, name), ne(t.id, found.id)));
    if (twins.length > 0) return problem('already-exists', { fields: [taken] });
    const log = accessLogRow({
      ...{ id: ids(), at: clock(), actor: actorText(input.actor), action: 'rename-place' },
      ...{ subject: `place:${found.id}`, place: found.id, reason: `${found.name} → ${name}` },
    });
    const changed = { ...found, name, version: version + 1 };
    await engine.atomically((db) => [
      db
        .update(t)
        .set({ name, version: changed.version })
        .where(and(eq(t.id, found.id), eq(t.version, version))),
      db.insert(accessLog).values(log),
    ]);
    return changed;
  });
  places.forget(input.place);
  return done;
}

const taken = { field: 'name', zh: '同一级已经有这个名称', en: 'Its neighbour has this name' };

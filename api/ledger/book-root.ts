/** A book is opened at the root of a tree of places; whoever is responsible there may read all of it. */
import { and, asc, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { mayAt, type Actor, type Deps, type Role } from '../platform/index.ts';

type Root = { id: string; book: number; name: string };

async function rootsOf({ reader, tables: { places } }: Engine, book?: number): Promise<Root[]> {
  return reader
    .select({ id: places.id, book: places.book, name: places.name })
    .from(places)
    .where(and(eq(places.parent, ''), book === undefined ? undefined : eq(places.book, book)))
    .orderBy(asc(places.book), asc(places.id));
}

export async function rootOfBook(engine: Engine, book: number): Promise<string | undefined> {
  return (await rootsOf(engine, book))[0]?.id;
}

/** The books at whose root the actor holds one of these roles. */
export async function booksOf(
  { engine, places }: Pick<Deps, 'engine' | 'places'>,
  actor: Actor,
  who: readonly Role[],
): Promise<Root[]> {
  const found = new Map<number, Root>();
  for (const root of await rootsOf(engine)) {
    if (!found.has(root.book) && (await mayAt(actor, who, root.id, places))) found.set(root.book, root);
  }
  return [...found.values()];
}

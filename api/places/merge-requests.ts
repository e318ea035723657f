/** Requests to merge, as they are read: one, and what waits or was decided at a place. */
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { ProductDeps } from './index.ts';

export type MergeRequest = NonNullable<Awaited<ReturnType<typeof findMerge>>>;
export type MergeState = MergeRequest['state'];

export async function findMerge({ db, tables: { personMerges: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

/** Rows of a book that are looked through at once; a book has few merges. */
const AT_ONCE = 100;

/** What waits, the oldest first; what was decided, the newest first. Only of the place and what lies within it. */
export async function listMerges(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  { place, state, after, limit }: { place: string; state: MergeState; after?: string; limit: number },
): Promise<MergeRequest[]> {
  const { personMerges: t } = engine.tables;
  const book = await places.bookOf(place);
  const found: MergeRequest[] = [];
  const oldestFirst = state === 'waiting';
  let last = after;
  while (book !== undefined && found.length < limit) {
    const beyond = last === undefined ? undefined : oldestFirst ? gt(t.id, last) : lt(t.id, last);
    const rows = await engine.reader
      .select()
      .from(t)
      .where(and(eq(t.book, book), eq(t.state, state), beyond))
      .orderBy(oldestFirst ? asc(t.id) : desc(t.id))
      .limit(AT_ONCE);
    for (const row of rows) if (await places.covers(place, row.place)) found.push(row);
    last = rows.at(-1)?.id;
    if (rows.length < AT_ONCE) break;
  }
  return found.slice(0, limit);
}

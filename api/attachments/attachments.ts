/** What hangs on things, and how much of it. */
import { asc, and, eq, gte, inArray, lt, sum } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

export type Attachment = Engine['tables']['attachments']['$inferSelect'];
export type Withdrawal = Engine['tables']['attachmentWithdrawals']['$inferSelect'];
export type Hanging = Attachment & { withdrawn: Withdrawal | null };

/** Bytes of one file. */
export const MOST_BYTES = 5 * 1024 * 1024;
/** That stand on one thing; and that ever did, withdrawn ones with them. */
export const MOST_STANDING = 10;
export const MOST_EVER = 30;
/** Bytes of all files of a place, withdrawn ones with them. */
export const MOST_BYTES_OF_PLACE = 500 * 1024 * 1024;

/** Of these things of one sort, in the order in which they were added; at most `MOST_EVER` of each. */
export async function attachmentsOf(
  { reader, tables }: Pick<Engine, 'reader' | 'tables'>,
  { thing, ids }: { thing: string; ids: readonly string[] },
): Promise<Hanging[]> {
  if (ids.length === 0) return [];
  const { attachments: t, attachmentWithdrawals: w } = tables;
  const rows = await reader
    .select({ of: t, withdrawn: w })
    .from(t)
    .leftJoin(w, eq(w.attachment, t.id))
    .where(and(eq(t.thing, thing), inArray(t.thingId, [...ids])))
    .orderBy(asc(t.thing), asc(t.thingId), asc(t.id));
  return rows.map(({ of, withdrawn }) => ({ ...of, withdrawn }));
}

/** One that hangs on this very thing; undefined for another's. */
export async function findAttachment(
  { reader, tables }: Pick<Engine, 'reader' | 'tables'>,
  of: { id: string; thing: string; thingId: string },
): Promise<Hanging | undefined> {
  const { attachments: t, attachmentWithdrawals: w } = tables;
  const [row] = await reader
    .select({ of: t, withdrawn: w })
    .from(t)
    .leftJoin(w, eq(w.attachment, t.id))
    .where(and(eq(t.id, of.id), eq(t.thing, of.thing), eq(t.thingId, of.thingId)));
  return row && { ...row.of, withdrawn: row.withdrawn };
}

/** Bytes of all that hang at a place. */
export async function bytesOfPlace(
  { reader, tables: { attachments: t } }: Pick<Engine, 'reader' | 'tables'>,
  place: string,
): Promise<number> {
  const [row] = await reader
    .select({ bytes: sum(t.size).mapWith(Number) })
    .from(t)
    .where(eq(t.place, place));
  return row?.bytes ?? 0;
}

/** Those of these ids that are there, by id. */
export async function attachmentsById(
  { reader, tables: { attachments: t } }: Pick<Engine, 'reader' | 'tables'>,
  ids: readonly string[],
): Promise<Map<string, Attachment>> {
  const found = new Map<string, Attachment>();
  for (let nth = 0; nth < ids.length; nth += AT_ONCE) {
    const some = ids.slice(nth, nth + AT_ONCE);
    for (const row of await reader.select().from(t).where(inArray(t.id, some))) found.set(row.id, row);
  }
  return found;
}

/** An estate's month has some tens; a database takes no list without an end. */
const AT_ONCE = 500;

/** All that was added at a place in a span of time, the oldest first: of what commits to them none is left out. */
export async function addedIn(
  { reader, tables: { attachments: t } }: Pick<Engine, 'reader' | 'tables'>,
  of: { place: string; from: number; to: number },
): Promise<Attachment[]> {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, of.place), gte(t.createdAt, of.from), lt(t.createdAt, of.to)))
    .orderBy(asc(t.createdAt), asc(t.size));
}

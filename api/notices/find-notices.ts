/** A person's notices, and how many they have not read. */
import { and, desc, eq, isNull, lt, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';

export type StoredNotice = Awaited<ReturnType<typeof listNotices>>[number];

/** The newest first, before the notice `before`. */
export async function listNotices(
  { reader, tables: { notices: t } }: Engine,
  { person, before, limit }: { person: string; before?: string; limit: number },
) {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.person, person), before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** More are not counted: the bell says 99+. */
const MOST_COUNTED = 100;

export async function countUnread(
  { reader, tables: { notices: t } }: Engine,
  person: string,
): Promise<number> {
  const rows = await reader
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.person, person), isNull(t.readAt)))
    .limit(MOST_COUNTED);
  return rows.length;
}

/** Marks those up to and including this one as read; what came since stays unread. */
export async function markRead(
  { db, tables: { notices: t } }: Engine,
  { person, upTo, now }: { person: string; upTo: string; now: Instant },
): Promise<void> {
  await db
    .update(t)
    .set({ readAt: now })
    .where(and(eq(t.person, person), lte(t.id, upTo), isNull(t.readAt)));
}

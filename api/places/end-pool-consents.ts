/**
 * A word to pay along (一起抵扣) that was given as somebody of a house ends with that link, in the same write: an offset that
 * is being confirmed at this moment is worked out anew, and an end that is taken back brings no word back.
 */
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';

/** `until`: the first day without the link; null where its end is taken back, and nothing begins again. */
export function endPoolConsents(
  { tables: { poolConsents: t, residencies: r } }: Pick<Engine, 'tables'>,
  db: Database,
  { link, until, ...at }: { link: string; until: string | null; today: string; by: string; now: number },
): PromiseLike<unknown>[] {
  if (until === null) return [];
  const person = db.select({ person: r.person }).from(r).where(eq(r.id, link));
  const standing = and(eq(t.person, sql`(${person})`), eq(t.residency, link), isNull(t.endedAt));
  const version = sql`${t.version} + 1`;
  if (until <= at.today)
    return [db.update(t).set({ endedAt: at.now, endedBy: at.by, version }).where(standing)];
  // Until then it holds; it does not go on if the end is moved or taken back.
  return [
    db
      .update(t)
      .set({ until, version })
      .where(and(standing, or(isNull(t.until), gt(t.until, until)))),
  ];
}

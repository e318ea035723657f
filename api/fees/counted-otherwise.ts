/**
 * A household's cap is counted under the day since when it owns the house. Protects: nobody has a month's cap twice because
 * that day was not written down yet when they offset, or was corrected since.
 */
import { and, eq, gt, gte, inArray, isNotNull, isNull, lte, ne, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { dayOf, startOfDay, type Day, type Month } from '../programme/index.ts';
import { IN_FORCE } from './left-to-pay.ts';

/** What the same household has offset of a month under another day, or none, in fen; `since` undefined where it is known as the first. */
export async function countedOtherwise(
  { db, tables: { offsets: t, bills: b, residencies: r } }: Engine,
  { house, period, since }: { house: string; period: Month; since: Day | undefined },
): Promise<number> {
  const made = await db
    .select({ member: t.member, createdAt: t.createdAt, valueFen: t.valueFen })
    .from(t)
    .innerJoin(b, eq(b.id, t.bill))
    .where(
      and(
        ...[eq(b.house, house), eq(t.period, period), inArray(t.state, [...IN_FORCE])],
        since === undefined
          ? isNotNull(t.householdSince)
          : and(
              or(isNull(t.householdSince), ne(t.householdSince, since)),
              gte(t.createdAt, startOfDay(since)),
            ),
      ),
    );
  let sumFen = 0;
  for (const { member, createdAt, valueFen } of made) {
    const day = dayOf(createdAt);
    // As it is known today: who offset on the day of a sale that was written down later was the seller.
    const [theirs] = await db
      .select({ id: r.id })
      .from(r)
      .where(
        and(
          ...[eq(r.house, house), eq(r.person, member), lte(r.since, day)],
          or(isNull(r.until), gt(r.until, day)),
        ),
      )
      .limit(1);
    if (theirs) sumFen += valueFen;
  }
  return sumFen;
}

/** What is registered for a shop to come knows of a cap that was set, changed, lifted or called off before it; in the turn of its terms. */
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { ifStill, type Engine, type Writes } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';
import { capThen, type Cap } from './rules/monthly-cap.ts';

/** The writes that carry a cap on; they break off (`inTermsTurn`) where an agreement is no longer as it was seen. */
export async function capsCarried(
  { db, tables: { agreements: t } }: Engine,
  { redeemer, after, was, now }: { redeemer: string; after: Instant; was: Cap; now: Cap },
): Promise<Writes> {
  if (was === now) return () => [];
  const isMeant = or(isNull(t.validTo), gt(t.validTo, t.validFrom));
  const later = await db
    .select()
    .from(t)
    .where(and(eq(t.redeemer, redeemer), eq(t.fund, '*'), gt(t.validFrom, after), isMeant));
  const changed = later
    .map((one) => ({ ...one, then: capThen(one.monthlyCap, { was, now }) }))
    .filter(({ monthlyCap, then }) => then !== monthlyCap);
  return (inside) =>
    changed.map(({ id, version, then }) =>
      inside
        .update(t)
        .set({ version: ifStill(eq(t.version, version), sql`${t.version} + 1`), monthlyCap: then })
        .where(eq(t.id, id)),
    );
}

/** What is registered for a shop to come knows of a cap that was set, changed or lifted before it; in the turn of its terms. */
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';
import { capThen, type Cap } from './rules/monthly-cap.ts';

export async function carryCap(
  { db, tables: { agreements: t } }: Engine,
  { redeemer, after, was, now }: { redeemer: string; after: Instant; was: Cap; now: Cap },
): Promise<void> {
  if (was === now) return;
  const isMeant = or(isNull(t.validTo), gt(t.validTo, t.validFrom));
  const later = await db
    .select()
    .from(t)
    .where(and(eq(t.redeemer, redeemer), eq(t.fund, '*'), gt(t.validFrom, after), isMeant));
  for (const { id, version, monthlyCap } of later) {
    const then = capThen(monthlyCap, { was, now });
    if (then === monthlyCap) continue;
    await db
      .update(t)
      .set({ version: version + 1, monthlyCap: then })
      .where(and(eq(t.id, id), eq(t.version, version)));
  }
}

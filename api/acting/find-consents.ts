/** Consents of a resident, and of whoever helps; a code by which a relative is named. */
import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { StoredConsent } from '../identity/index.ts';
import type { Instant } from '../platform/index.ts';

/** Those that a resident ever gave, the newest first, before the consent `before`. */
export async function listHelpers(
  { reader, tables: { proxies: t } }: Engine,
  { principal, before, limit }: { principal: string; before?: string; limit: number },
): Promise<StoredConsent[]> {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.principal, principal), before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** Those by which somebody may act today, the newest first. */
export async function listPrincipals(
  { reader, tables: { proxies: t } }: Engine,
  { proxy, day, before, limit }: { proxy: string; day: string; before?: string; limit: number },
): Promise<StoredConsent[]> {
  const stands = and(eq(t.proxy, proxy), isNull(t.endedAt), gt(t.until, day));
  return reader
    .select()
    .from(t)
    .where(and(stands, before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** The live code with this hash; digits that two people were shown at once are nobody's. */
export async function findHelperCode(
  { db, tables: { helperCodes: t } }: Engine,
  { hash, now }: { hash: string; now: Instant },
) {
  const live = and(eq(t.hash, hash), gt(t.endsAt, now), isNull(t.usedAt));
  const rows = await db.select().from(t).where(live).orderBy(desc(t.id)).limit(2);
  return rows.length === 1 ? rows[0] : undefined;
}

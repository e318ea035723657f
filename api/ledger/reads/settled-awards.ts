/** Which awards wait no longer: what was set aside has been released or rejected, to the last point. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Amount, Instant } from '../core/amount.ts';

export type WaitingAward = { transaction: number; amount: Amount };
/** The release that the member sees, or the rejection where nothing was released. */
export type Settled = { transaction: number; bookedAt: Instant };

/** By award; one of which something still waits is left out. */
export async function settledAwards(
  { reader, tables }: Engine,
  awards: readonly WaitingAward[],
): Promise<Map<number, Settled>> {
  const found = new Map<number, Settled>();
  if (awards.length === 0) return found;
  const { accounts, entries, transactions: t } = tables;
  const ids = awards.map(({ transaction }) => transaction);
  const ends = await reader
    .select({ id: t.id, kind: t.kind, award: t.reverses, bookedAt: t.bookedAt, amount: entries.amount })
    .from(t)
    .innerJoin(entries, eq(entries.tx, t.id))
    .innerJoin(accounts, eq(accounts.id, entries.account))
    .where(and(inArray(t.reverses, ids), eq(accounts.role, 'pending')))
    .orderBy(asc(t.id));
  for (const { transaction, amount } of awards) {
    const own = ends.filter(({ award }) => award === transaction);
    const left = own.reduce((sum, end) => sum + end.amount, amount);
    const shown = own.findLast(({ kind }) => kind === 'release') ?? own.at(-1);
    if (left === 0 && shown) found.set(transaction, { transaction: shown.id, bookedAt: shown.bookedAt });
  }
  return found;
}

/**
 * A bill that the firm issued anew takes the offset of the old issue back, often after the cut-off. Protects: a resident who
 * was in time does not lose the month's offset for the firm's correction.
 */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../programme/index.ts';
import type { Bill } from './bills.ts';
import { billLine } from './plan-bills.ts';
import { againUntilOf } from './rules/offset.ts';

/** Undefined where no offset on an earlier issue of the line was given back by the firm or a break: one that residents cancel is theirs. */
export async function offsetAgainUntil(
  { db, tables: { offsets: t, transactions } }: Engine,
  bill: Bill,
  issues: readonly Bill[],
): Promise<Instant | undefined> {
  const earlier = issues.filter(
    (other) => billLine(other) === billLine(bill) && other.issue < bill.issue && other.state === 'reissued',
  );
  if (earlier.length === 0) return undefined;
  const ids = earlier.map(({ id }) => id);
  const rows = await db
    .select({ at: transactions.bookedAt })
    .from(t)
    .innerJoin(transactions, eq(transactions.id, t.settledTransaction))
    .where(and(inArray(t.bill, ids), eq(t.state, 'returned'), isNotNull(t.settledTransaction)));
  if (rows.length === 0) return undefined;
  return againUntilOf(Math.max(...rows.map(({ at }) => at)));
}

/**
 * A bill that the firm issued anew takes the offset of the old issue back, often after the cut-off. Protects: a resident who
 * was in time does not lose the month's offset for the firm's correction.
 */
import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../programme/index.ts';
import type { Bill } from './bills.ts';
import { billLine } from './plan-bills.ts';
import { againUntilOf } from './rules/offset.ts';

/**
 * Undefined where no offset on an earlier issue of the line was given back by the firm or a break, nor one on it or an earlier
 * issue reversed: one that residents cancel is theirs.
 */
export async function offsetAgainUntil(
  { db, tables: { offsets: t, transactions } }: Engine,
  bill: Bill,
  issues: readonly Bill[],
): Promise<Instant | undefined> {
  const before = issues.filter(
    (other) => billLine(other) === billLine(bill) && other.issue < bill.issue && other.state === 'reissued',
  );
  const earlier = before.map(({ id }) => id);
  const [returned, reversed] = await Promise.all([
    earlier.length === 0
      ? []
      : db
          .select({ at: transactions.bookedAt })
          .from(t)
          .innerJoin(transactions, eq(transactions.id, t.settledTransaction))
          .where(and(inArray(t.bill, earlier), eq(t.state, 'returned'))),
    db
      .select({ at: transactions.bookedAt })
      .from(t)
      .innerJoin(transactions, eq(transactions.id, t.reversedTransaction))
      .where(and(inArray(t.bill, [bill.id, ...earlier]), eq(t.state, 'reversed'))),
  ]);
  const all = [...returned, ...reversed];
  return all.length === 0 ? undefined : againUntilOf(Math.max(...all.map(({ at }) => at)));
}

/** Answers that their members were not told of yet, for whoever tells them. */
import { asc, eq, inArray, lte } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';

/** The oldest first; `reverses` is the transaction's, by which it may have to be explained. */
export async function answersToTell(
  { db, tables }: Engine,
  { now, limit }: { now: Instant; limit: number },
): Promise<{ word: string; member: string; transaction: number; reverses: number | null; at: Instant }[]> {
  const { inquiryWords: w, inquiries, transactions } = tables;
  return db
    .select({
      word: w.id,
      member: inquiries.member,
      transaction: inquiries.transaction,
      reverses: transactions.reverses,
      at: w.at,
    })
    .from(w)
    .innerJoin(inquiries, eq(inquiries.id, w.inquiry))
    .innerJoin(transactions, eq(transactions.id, inquiries.transaction))
    .where(lte(w.tellFrom, now))
    .orderBy(asc(w.tellFrom), asc(w.id))
    .limit(limit);
}

/** Written together with the notices that tell of them. */
export function markTold(
  { tables: { inquiryWords: w } }: Engine,
  words: readonly string[],
): (db: Database) => PromiseLike<unknown>[] {
  return (db) => [
    db
      .update(w)
      .set({ tellFrom: null })
      .where(inArray(w.id, [...words])),
  ];
}

/** Words that their members were not told of yet, for whoever tells them: answers, and what somebody else asked for them. */
import { asc, eq, inArray, lte } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import type { ActedBy } from '../identity/index.ts';
import type { Instant } from '../platform/index.ts';
import type { Deed } from './rules/index.ts';

export type ToTell = {
  word: string;
  deed: Deed;
  member: string;
  actedBy: ActedBy | null;
  transaction: number;
  reverses: number | null;
  at: Instant;
};

/** The oldest first; `reverses` is the transaction's, by which it may have to be explained. */
export async function answersToTell(
  { db, tables }: Engine,
  { now, limit }: { now: Instant; limit: number },
): Promise<ToTell[]> {
  const { inquiryWords: w, inquiries, transactions } = tables;
  return db
    .select({
      word: w.id,
      deed: w.deed,
      actedBy: inquiries.actedBy,
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

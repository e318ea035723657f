/**
 * A random sample of a month's transactions that anybody can draw again: the numbers follow from the seed, the book and
 * the month alone. The month has to be over, so that what it is drawn from stays what it was.
 *
 * Draw n = 0, 1, 2 …: the first 48 bits of SHA-256("linli-sample-1 SEED BOOK MONTH n") as a number; numbers from the
 * largest multiple of the count on are passed over, else the rest of dividing by the count says which transaction, the
 * first of the month being 0. What was drawn before is passed over.
 */
import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gte, lt } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Instant } from '../core/amount.ts';
import { BOOK_SPAN } from '../core/transaction.ts';

const DRAWN_FROM = 2 ** 48;

/** The numbers of a month's transactions, the first and the last included; undefined where there are none. */
export async function numbersBooked(
  { reader, tables: { transactions: t } }: Engine,
  { book, start, end }: { book: number; start: Instant; end: Instant },
): Promise<{ first: number; last: number } | undefined> {
  const inSpan = and(eq(t.book, book), gte(t.bookedAt, start), lt(t.bookedAt, end));
  const [first] = await reader
    .select({ id: t.id })
    .from(t)
    .where(inSpan)
    .orderBy(asc(t.bookedAt), asc(t.id))
    .limit(1);
  const [last] = await reader
    .select({ id: t.id })
    .from(t)
    .where(inSpan)
    .orderBy(desc(t.bookedAt), desc(t.id))
    .limit(1);
  return first && last && { first: first.id - book * BOOK_SPAN, last: last.id - book * BOOK_SPAN };
}

/** Up to `size` numbers between `first` and `last`, in their order. */
export function drawSample(input: {
  seed: string;
  book: number;
  month: string;
  size: number;
  first: number;
  last: number;
}): number[] {
  const { seed, book, month, size, first, last } = input;
  const count = last - first + 1;
  if (size >= count) return Array.from({ length: count }, (_, nth) => first + nth);
  const limit = Math.floor(DRAWN_FROM / count) * count;
  const drawn = new Set<number>();
  for (let n = 0; drawn.size < size; n++) {
    const digest = createHash('sha256').update(`linli-sample-1 ${seed} ${book} ${month} ${n}`).digest();
    const value = digest.readUIntBE(0, 6);
    if (value < limit) drawn.add(first + (value % count));
  }
  return [...drawn].sort((a, b) => a - b);
}

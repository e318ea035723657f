/**
 * Looking something up in one's own statement: by month, which is a range of entries, and by kind. Words are looked for
 * within one month only, all of which is read; over more it would be a search of what happens to be on the page.
 */
import { and, desc, eq, gte, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { BOOK_SPAN, firstEntrySince } from '../ledger/index.ts';
import type { Instant } from '../platform/index.ts';
import type { MOVEMENT_GROUPS } from './member.schemas.ts';
import { periodOfMonth, type Month } from './rules/index.ts';

/** The kinds of transactions that people mean. */
export const GROUPS: Readonly<Record<(typeof MOVEMENT_GROUPS)[number], readonly string[]>> = {
  got: ['award', 'release', 'credit'],
  used: ['spend', 'hold', 'capture'],
  back: ['refund', 'return', 'reject', 'clawback'],
  ended: ['expire'],
};

/** No member has more in a month; if one had, words would be looked for among the newest of these. */
export const MOST_OF_MONTH = 1_000;

export const NO_MONTH = {
  fields: [{ field: 'month', zh: '按文字找，请先选一个月份', en: 'Choose a month to look for words' }],
};

/** The entries booked in a month; undefined where nothing was booked in it or later. */
export async function entriesOfMonth(
  engine: Engine,
  { book, month }: { book: number; month: Month },
): Promise<{ since: number; before?: number } | undefined> {
  const { start, end } = periodOfMonth(month);
  const since = await firstEntrySince(engine, { book, at: start });
  const before = await firstEntrySince(engine, { book, at: end });
  if (since === undefined) return undefined;
  return before === undefined ? { since } : { since, before };
}

/** When the transaction of an entry was booked. */
export async function bookedAtEntry(
  { reader, tables: { entries: e, transactions: t } }: Engine,
  { book, entry }: { book: number; entry: number },
): Promise<Instant | undefined> {
  const [found] = await reader
    .select({ tx: e.tx })
    .from(e)
    .where(and(gte(e.id, book * BOOK_SPAN), lte(e.id, entry)))
    .orderBy(desc(e.id))
    .limit(1);
  if (!found) return undefined;
  const [row] = await reader.select({ at: t.bookedAt }).from(t).where(eq(t.id, found.tx));
  return row?.at;
}

/** Whether a movement's own words, or its place, have these, whatever their case. */
export function saysIt(
  { place, text }: { place: string; text?: { zh: string; en: string } | undefined },
  words: string,
): boolean {
  const wanted = words.normalize('NFKC').trim().toLowerCase();
  return [place, text?.zh ?? '', text?.en ?? ''].some((said) =>
    said.normalize('NFKC').toLowerCase().includes(wanted),
  );
}

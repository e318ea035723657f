/**
 * Rule 2 for counters, of which a book has one for every receipt that was ever used: which entry ends which counter is
 * read first, from their totals, so that a chain is let go of with its last entry and only those that are under way are
 * in memory. A total that has moved since the reading began is held against what came meanwhile.
 */
import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { breathe, rangeOf, ROWS } from './read-book.ts';
import { IdSet } from './id-set.ts';

/** Rows of totals, by the entry that they name. */
export type LaterTallies = Map<number, { key: string; total: number }>;

export class CounterEnds {
  /** The last counter entry of the book when the reading began; entries after it end nothing. */
  readonly top: number;
  /** Entries that end a counter as its total says. */
  readonly ends = new IdSet();
  /** Totals that are not what the entry says that they name. */
  readonly unlike = new Map<string, { value: number; entry: number }>();
  /** Counters that moved while the totals were read; their chains are kept. */
  readonly moving = new Set<string>();

  constructor(top: number) {
    this.top = top;
  }
}

export async function readCounterEnds(
  { reader, tables }: Engine,
  { book, top, later }: { book: number; top: number; later: LaterTallies },
): Promise<CounterEnds> {
  const { tallies: t, tallyEntries: e } = tables;
  const found = new CounterEnds(top);
  const { low } = rangeOf(book);
  let after = '';
  for (;;) {
    const rows = await reader
      .select({ key: t.key, total: t.total, entry: t.entry, of: e.key, totalAfter: e.totalAfter })
      .from(t)
      .leftJoin(e, eq(e.id, t.entry))
      .where(and(eq(t.book, book), gt(t.key, after)))
      .orderBy(asc(t.key))
      .limit(ROWS);
    for (const { key, total, entry, of, totalAfter } of rows) {
      if (entry > top && !later.has(entry)) {
        later.set(entry, { key, total });
        found.moving.add(key);
      } else if (entry > low && entry <= top && of === key && totalAfter === total) found.ends.add(entry);
      else found.unlike.set(key, { value: total, entry });
    }
    const end = rows.at(-1);
    if (!end || rows.length < ROWS) return found;
    after = end.key;
    await breathe();
  }
}

/** What these counters stood at with the entry `top`: they had ended there as their totals said, and moved on since. */
export async function totalsBefore(
  { reader, tables }: Engine,
  { book, top, keys }: { book: number; top: number; keys: ReadonlySet<string> },
): Promise<Map<string, number>> {
  const { tallyEntries: e } = tables;
  const totals = new Map<string, number>();
  let after = rangeOf(book).low;
  for (;;) {
    const rows = await reader
      .select({ id: e.id, key: e.key, totalAfter: e.totalAfter })
      .from(e)
      .where(and(gt(e.id, after), lte(e.id, top)))
      .orderBy(asc(e.id))
      .limit(ROWS);
    for (const { key, totalAfter } of rows) if (keys.has(key)) totals.set(key, totalAfter);
    const end = rows.at(-1);
    if (!end || rows.length < ROWS) return totals;
    after = end.id;
    await breathe();
  }
}

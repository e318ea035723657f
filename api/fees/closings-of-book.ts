/** Months of a whole book that were closed or opened again since a transaction of it, for who audits it. */
import { and, desc, gt, lt, type Column } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { BOOK_SPAN } from '../ledger/index.ts';
import type { Places } from '../places/index.ts';
import type { Closure } from './close-month.ts';

export type Closing = {
  closure: Closure;
  placeName: string;
  deed: 'closed' | 'reopened';
  /** The transaction by which it was done. */
  transaction: number;
};

/** The latest first, up to `limit`, of those after `after` and before `before`. */
export async function closingsOfBook(
  { engine, places }: { engine: Engine; places: Places },
  { book, after, before, limit }: { book: number; after: number; before?: number; limit: number },
): Promise<Closing[]> {
  const { closures: t } = engine.tables;
  const within = (column: Column) =>
    and(gt(column, book * BOOK_SPAN + after), lt(column, before ?? (book + 1) * BOOK_SPAN));
  const read = async (deed: Closing['deed'], column: Column) => {
    const rows = await engine.reader
      .select()
      .from(t)
      .where(within(column))
      .orderBy(desc(column))
      .limit(limit);
    return rows.map((closure) => {
      const at = deed === 'closed' ? closure.closedTransaction : closure.reopenedTransaction;
      return { closure, deed, transaction: at ?? 0 };
    });
  };
  const found = [
    ...(await read('closed', t.closedTransaction)),
    ...(await read('reopened', t.reopenedTransaction)),
  ];
  const latest = found.toSorted((a, b) => b.transaction - a.transaction).slice(0, limit);
  return Promise.all(
    latest.map(async (one) => ({
      ...one,
      placeName: (await places.find(one.closure.place))?.name ?? '',
    })),
  );
}

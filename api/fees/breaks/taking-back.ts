/** The row and the key that take a write-off back, whether by itself or with the offset that it was of. */
import { eq } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { transactionsById } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import type { BreakRow } from '../resolve-break.ts';
import { writeOffRow, type WriteOff } from './write-off.ts';
import { lastOfRow } from './written-once.ts';

/** The reason is that of who asked; what the other said stands in the thread. */
export async function takingBack(
  { engine, ids, clock }: Pick<ProductDeps, 'engine' | 'ids' | 'clock'>,
  of: {
    book: number;
    found: BreakRow;
    last: WriteOff;
    asked: { by: string; comment: string };
    approvedBy: string;
  },
) {
  const { book, found, last, asked, approvedBy } = of;
  const { breakId, estate, firm, item, amountFen, nth } = last;
  const [written] = await transactionsById(engine, [last.transaction ?? 0]);
  const decided = {
    ...{ id: ids(), breakId, estate, firm, item, amountFen: -amountFen, nth: nth + 1, reverses: last.id },
    ...{ askedBy: asked.by, approvedBy, comment: asked.comment },
  };
  return {
    ...{ id: decided.id, ...writeOffRow(decided, clock()) },
    ...(await lastOfRow({ engine, book }, await rowOf(engine, found))),
    ...(written && { originalEffectiveAt: written.effectiveAt }),
  };
}

async function rowOf({ db, tables: { postedRows: t } }: Engine, { id, postedRow }: BreakRow) {
  const [row] = await db
    .select()
    .from(t)
    .where(eq(t.id, postedRow ?? ''));
  if (!row) throw new Error(`the row that break ${id} wrote off is missing`);
  return row;
}

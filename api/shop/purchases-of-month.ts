/** What a merchant sold in a month and gave points for, in pieces by id; what was taken back is left out. */
import { and, asc, eq, gt, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firstIdAt } from '../platform/index.ts';
import { periodOfMonth, type Month } from '../programme/index.ts';
import type { PurchaseRow } from './list-sales.ts';

const PIECE = 1_000;

export async function* purchasesOfMonth(
  { reader, tables: { purchases: t } }: Engine,
  { place, month }: { place: string; month: Month },
): AsyncGenerator<PurchaseRow[]> {
  const { start, end } = periodOfMonth(month);
  for (let after = firstIdAt(start); ;) {
    const rows = await reader
      .select()
      .from(t)
      .where(and(eq(t.place, place), gt(t.id, after), lt(t.id, firstIdAt(end))))
      .orderBy(asc(t.id))
      .limit(PIECE);
    yield rows.filter(({ state }) => state === 'credited');
    const last = rows.at(-1);
    if (!last || rows.length < PIECE) return;
    after = last.id;
  }
}

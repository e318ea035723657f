/** What a span of time wrote off at an estate, and what it took back: lines of the month's statement and voucher. */
import { aliasedTable, and, count, eq, gte, isNotNull, isNull, lt, lte, sum } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { dayOf } from '../../programme/index.ts';

export type WrittenOff = { firm: string; item: string; count: number; valueFen: number };
/** Below zero; `on` is the day on which it was written off. */
export type TakenBack = WrittenOff & { on: string };
type Span = { estate: string; from: number; to: number; readThrough: number };

/** By who bears it and by fee item. */
export async function writtenOffIn(
  { reader, tables: { writeOffs: w, transactions: x } }: Engine,
  of: Span,
): Promise<WrittenOff[]> {
  const rows = await reader
    .select({ firm: w.firm, item: w.item, count: count(), valueFen: sum(w.amountFen).mapWith(Number) })
    .from(w)
    .innerJoin(x, eq(x.id, w.transaction))
    .where(and(isNull(w.reverses), ...within({ w, x }, of)))
    .groupBy(w.firm, w.item);
  return rows.toSorted(byWords(({ firm, item }) => `${firm} ${item}`));
}

/** By who is relieved of it, by fee item and by the day on which it was written off. */
export async function takenBackIn(
  { reader, tables: { writeOffs: w, transactions: x } }: Engine,
  of: Span,
): Promise<TakenBack[]> {
  const [first, written] = [aliasedTable(w, 'first'), aliasedTable(x, 'written')];
  const rows = await reader
    .select({ firm: w.firm, item: w.item, valueFen: w.amountFen, at: written.effectiveAt })
    .from(w)
    .innerJoin(x, eq(x.id, w.transaction))
    .innerJoin(first, eq(first.id, w.reverses))
    .innerJoin(written, eq(written.id, first.transaction))
    .where(and(isNotNull(w.reverses), ...within({ w, x }, of)));
  const found = new Map<string, TakenBack>();
  for (const { firm, item, valueFen, at } of rows) {
    const on = dayOf(at);
    const key = `${firm} ${item} ${on}`;
    const before = found.get(key) ?? { firm, item, on, count: 0, valueFen: 0 };
    found.set(key, { ...before, count: before.count + 1, valueFen: before.valueFen + valueFen });
  }
  return [...found.values()].toSorted(byWords(({ firm, item, on }) => `${firm} ${item} ${on}`));
}

function within(
  { w, x }: { w: Engine['tables']['writeOffs']; x: Engine['tables']['transactions'] },
  { estate, from, to, readThrough }: Span,
) {
  return [
    ...[eq(w.estate, estate), gte(x.effectiveAt, from), lt(x.effectiveAt, to)],
    lte(x.seq, readThrough),
  ];
}

function byWords<Row>(words: (row: Row) => string) {
  return (a: Row, b: Row) => (words(a) < words(b) ? -1 : 1);
}

/**
 * 更正: what a month has of earlier ones. The firm posted it or took it back then, and that month was over when its list
 * came: it is booked in the month that was open, and the statement says of which month it is.
 */
import { and, eq, gt, gte, inArray, isNotNull, lt, lte } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { BOOK_SPAN, lastSeqBookedBy } from '../../ledger/index.ts';
import { monthOf, type Month } from '../../programme/index.ts';

/** `valueFen`: what was posted, less what was taken back. */
export type LateCorrections = { month: Month; count: number; valueFen: number };

type Span = { book: number; estate: string; from: number; to: number; readThrough: number };
type Offsets = Engine['tables']['offsets'];

export async function lateCorrectionsIn(engine: Engine, of: Span): Promise<LateCorrections[]> {
  const { offsets: o } = engine.tables;
  // What was booked before the month began takes no effect within it.
  const since = of.book * BOOK_SPAN + (await lastSeqBookedBy(engine, { book: of.book, at: of.from - 1 }));
  const posted = await correctedBy(engine, o.settledTransaction, { ...of, since });
  const back = await correctedBy(engine, o.reversedTransaction, { ...of, since });
  const months = new Map<Month, LateCorrections>();
  for (const { at, fen } of [...posted, ...back.map(({ at, fen: taken }) => ({ at, fen: -taken }))]) {
    const month = monthOf(at ?? 0);
    const sum = months.get(month) ?? { month, count: 0, valueFen: 0 };
    months.set(month, { month, count: sum.count + 1, valueFen: sum.valueFen + fen });
  }
  return [...months.values()].toSorted((a, b) => (a.month < b.month ? -1 : 1));
}

function correctedBy(
  { reader, tables: { offsets: o, transactions: x } }: Engine,
  named: Offsets['settledTransaction' | 'reversedTransaction'],
  { estate, from, to, readThrough, since }: Span & { since: number },
) {
  return reader
    .select({ at: x.originalEffectiveAt, fen: o.valueFen })
    .from(o)
    .innerJoin(x, eq(x.id, named))
    .where(
      and(
        ...[eq(o.estate, estate), gt(named, since), inArray(o.state, ['posted', 'reversed'])],
        ...[gte(x.effectiveAt, from), lt(x.effectiveAt, to), lte(x.seq, readThrough)],
        isNotNull(x.originalEffectiveAt),
      ),
    );
}

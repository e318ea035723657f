/** What live holds kept for their redeemers at a past moment, series by series. */
import { and, asc, eq, gt, inArray, lte, or, sql } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Amount, Instant } from '../core/amount.ts';
import { BOOK_SPAN } from '../core/transaction.ts';
import { breathe } from '../verify/read-book.ts';

const HOLDS_AT_ONCE = 500;

/**
 * Points of these series (asset ids) that holds which had not ended at `at` still kept right after a transaction of the
 * book, by its `seq`: who accepted them may take them, whether or not the points have ended meanwhile. Asset id → points.
 */
export async function heldOf(
  { reader, tables }: Engine,
  { book, seq, at, series }: { book: number; seq: number; at: Instant; series: readonly number[] },
): Promise<Map<number, Amount>> {
  const { holds: h } = tables;
  const wanted = new Set(series);
  const found = new Map<number, Amount>();
  const through = book * BOOK_SPAN + Math.min(seq, BOOK_SPAN - 1);
  for (let after = { endsAt: at, id: '' }; wanted.size > 0;) {
    const rows = await reader
      .select({ id: h.id, endsAt: h.endsAt, lines: h.lines })
      .from(h)
      .where(
        and(
          ...[eq(h.book, book), lte(h.tx, through), gt(h.endsAt, at)],
          or(gt(h.endsAt, after.endsAt), and(eq(h.endsAt, after.endsAt), gt(h.id, after.id))),
        ),
      )
      .orderBy(asc(h.endsAt), asc(h.id))
      .limit(HOLDS_AT_ONCE);
    const holds = rows.filter(({ lines }) => linesOf(lines).some(([asset]) => wanted.has(asset)));
    for (const { asset, points } of await keptOf(
      { reader, tables },
      holds.map(({ id }) => id),
      through,
    ))
      if (wanted.has(asset)) found.set(asset, (found.get(asset) ?? 0) + points);
    const last = rows.at(-1);
    if (!last || rows.length < HOLDS_AT_ONCE) break;
    after = last;
    await breathe();
  }
  return new Map([...found].filter(([, points]) => points !== 0));
}

/** As the store writes them: `[asset, points]` each. */
function linesOf(lines: string): [number, Amount][] {
  return JSON.parse(lines) as [number, Amount][];
}

/** What came to holds, less what was captured of them or given back. */
async function keptOf(
  { reader, tables }: Pick<Engine, 'reader' | 'tables'>,
  holds: readonly string[],
  through: number,
): Promise<{ asset: number; points: Amount }[]> {
  if (holds.length === 0) return [];
  const { accounts: a, entries: e, transactions: t } = tables;
  return await reader
    .select({ asset: e.asset, points: sql`sum(${e.amount})`.mapWith(Number) })
    .from(t)
    .innerJoin(e, and(gt(e.id, sql`${t.firstEntry} - 1`), sql`${e.id} < ${t.firstEntry} + ${t.entryCount}`))
    .innerJoin(a, and(eq(a.id, e.account), eq(a.role, 'held')))
    .where(and(inArray(t.holdId, [...holds]), lte(t.id, through)))
    .groupBy(e.asset);
}

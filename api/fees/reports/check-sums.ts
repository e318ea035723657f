/**
 * For the ledger's `verify`: what 抵扣报表 adds up is summed up again from the offsets that were posted and the entries
 * that settled them. Whatever was counted twice, left out or changed since differs.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { eq, sql, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { BOOK_SPAN, type CheckSums } from '../../ledger/index.ts';
import { isOfBook } from '../../places/index.ts';
import { partsOf, settledAfter } from './count-offsets.ts';
import { sumUp } from './offset-sums.ts';

type Summed = ReturnType<typeof sumUp>;
type Kept = Summed & { through: number };
/** By what is summed up: what it comes to. */
type Totals = Map<string, number[]>;

export const offsetSumsAsCounted: CheckSums = async (shared, book) => {
  // Those who count read what they have just written; here it is a reader's turn.
  const engine = { ...shared, db: shared.reader };
  const kept = await keptSums(engine, book);
  if (!kept) return [];
  const [found, stored]: [Totals, Totals] = [new Map(), new Map()];
  add(stored, kept);
  for (let after = book * BOOK_SPAN; ;) {
    const settled = await settledAfter(engine, { book, after });
    const counted = settled.filter(({ transaction }) => transaction <= kept.through);
    const posted = counted.filter(({ state }) => state === 'posted' || state === 'reversed');
    const parts = await partsOf(
      engine,
      posted.map(({ transaction }) => transaction),
    );
    add(found, sumUp(posted, parts));
    const last = counted.at(-1);
    if (last === undefined || counted.length < settled.length) break;
    after = last.transaction;
    await nextTurn();
  }
  return [...new Set([...found.keys(), ...stored.keys()])].flatMap((key) => {
    const [is, was] = [found, stored].map((totals) => (totals.get(key) ?? []).join(' / ') || '–');
    return is === was ? [] : [differs(key, was ?? '', is ?? '')];
  });
};

/**
 * Of one moment, however offsets are counted on meanwhile: in one statement, which both engines read as of its beginning.
 * Undefined where none were counted.
 */
async function keptSums(engine: Engine, book: number): Promise<Kept | undefined> {
  const { reader, tables } = engine;
  const { offsetSums: s, offsetFundSums: f, countedOffsets: c } = tables;
  const of = (estate: typeof s.estate | typeof f.estate): SQL => isOfBook(engine, estate, book);
  const none = { month: sql<string>`''`, redeemer: sql<string>`''` };
  const zero = sql`0`.mapWith(Number);
  const counted = reader
    .select({
      ...{ part: sql<string>`'through'`, estate: sql<string>`''`, ...none, of: sql<string>`''` },
      ...{ count: c.transaction, one: zero, other: zero },
    })
    .from(c)
    .where(eq(c.book, book));
  const byItem = reader
    .select({
      ...{ part: sql<string>`'item'`, estate: s.estate, month: s.month, redeemer: s.redeemer, of: s.item },
      ...{ count: s.count, one: s.valueFen, other: zero },
    })
    .from(s)
    .where(of(s.estate));
  const byFund = reader
    .select({
      ...{ part: sql<string>`'fund'`, estate: f.estate, month: f.month, redeemer: f.redeemer, of: f.fund },
      ...{ count: f.count, one: f.points, other: f.micro },
    })
    .from(f)
    .where(of(f.estate));
  const rows = await counted.unionAll(byItem).unionAll(byFund);
  const through = rows.find(({ part }) => part === 'through')?.count;
  if (through === undefined && rows.length === 0) return undefined;
  return {
    through: through ?? book * BOOK_SPAN,
    sums: rows.flatMap(({ part, of: item, one: valueFen, estate, month, redeemer, count }) =>
      part === 'item' ? [{ estate, month, redeemer, item, count, valueFen }] : [],
    ),
    funds: rows.flatMap(({ part, of: fund, one: points, other: micro, estate, month, redeemer, count }) =>
      part === 'fund' ? [{ estate, month, redeemer, fund, count, points, micro }] : [],
    ),
  };
}

function add(totals: Totals, { sums, funds }: Summed): void {
  for (const { estate, month, redeemer, item, count, valueFen } of sums)
    addTo(totals, [estate, month, redeemer, 'item', item], [count, valueFen]);
  for (const { estate, month, redeemer, fund, count, points, micro } of funds)
    addTo(totals, [estate, month, redeemer, 'fund', fund], [count, points, micro]);
}

function addTo(totals: Totals, of: readonly string[], more: readonly number[]): void {
  const key = JSON.stringify(of);
  const known = totals.get(key);
  totals.set(
    key,
    more.map((each, nth) => each + (known?.[nth] ?? 0)),
  );
}

function differs(key: string, says: string, ledger: string) {
  const [estate = '', month = '', firm = '', , of = ''] = JSON.parse(key) as string[];
  return {
    zh: `抵扣报表的合计与账上不符：小区 ${estate} ${month} 物业 ${firm} ${of}，记录写着 ${says}，账上是 ${ledger}`,
    en: `a sum of the offset report differs: estate ${estate} ${month}, firm ${firm}, ${of}: the row says ${says}, the ledger ${ledger}`,
  };
}

/**
 * Counts a book's posted offsets on, in the order in which they were settled. Protects: each is counted once, by however many
 * processes, in the month in which its posting took effect, and what funds bear of it is what the ledger's own entries say.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { aliasedTable, and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import { ifStill, isStale, type Engine } from '../../db/index.ts';
import { BOOK_SPAN } from '../../ledger/index.ts';
import { monthOf } from '../../programme/index.ts';
import { sumUp, type FundPart } from './offset-sums.ts';

/** Offsets counted in one go; between two of them whoever waits has a turn. */
const AT_ONCE = 200;
/** A household's offset takes from several members, each by a transaction of the same unit. */
const MEMBERS_OF_ONE = 32;

/** How many were counted: fewer than `most` when all are. */
export async function countOffsets(
  shared: Engine,
  { book, signal, most = Infinity }: { book: number; signal?: AbortSignal; most?: number },
): Promise<number> {
  let counted = 0;
  for (;;) {
    if (signal?.aborted || counted >= most) return counted;
    const done = await shared.exclusively(`count-offsets:${book}`, (engine) => countSome(engine, book));
    // On one SQLite file another process may count at the same moment: what is left is read anew.
    if (done === 'counted-meanwhile') continue;
    counted += done;
    if (done < AT_ONCE) return counted;
    await nextTurn();
  }
}

async function countSome(engine: Engine, book: number): Promise<number | 'counted-meanwhile'> {
  const { countedOffsets: c } = engine.tables;
  const [state] = await engine.db.select().from(c).where(eq(c.book, book));
  const after = state?.transaction ?? book * BOOK_SPAN;
  const settled = await settledAfter(engine, { book, after });
  const last = settled.at(-1);
  if (last === undefined) return 0;
  const posted = settled.filter(({ state }) => state === 'posted' || state === 'reversed');
  const parts = await partsOf(
    engine,
    posted.map(({ transaction }) => transaction),
  );
  try {
    await write(engine, { book, after, through: last.transaction, ...sumUp(posted, parts) });
  } catch (error) {
    if (isStale(error, { table: 'counted_offsets', column: 'transaction' })) return 'counted-meanwhile';
    throw error;
  }
  return settled.length;
}

/** What was settled, and what was taken back after the firm had posted it, in the order of the transactions. */
export async function settledAfter(engine: Engine, of: { book: number; after: number }) {
  const { offsets: o } = engine.tables;
  const settled = await afterBy(engine, o.settledTransaction, of);
  const back = await afterBy(engine, o.reversedTransaction, of);
  return [...settled, ...back.map((one) => ({ ...one, count: -1, valueFen: -one.valueFen }))]
    .toSorted((one, other) => one.transaction - other.transaction)
    .slice(0, AT_ONCE);
}

type Named = Engine['tables']['offsets']['settledTransaction' | 'reversedTransaction'];

async function afterBy(
  { db, tables }: Engine,
  named: Named,
  { book, after }: { book: number; after: number },
) {
  const { offsets: o, transactions: x, holds: h } = tables;
  const rows = await db
    .select({
      ...{ transaction: x.id, estate: o.estate, item: o.item, valueFen: o.valueFen, state: o.state },
      ...{ effectiveAt: x.effectiveAt, redeemer: h.redeemer },
    })
    .from(o)
    .innerJoin(x, eq(x.id, named))
    .innerJoin(h, eq(h.id, o.hold))
    .where(and(gt(named, after), lt(named, (book + 1) * BOOK_SPAN)))
    .orderBy(asc(named))
    .limit(AT_ONCE);
  return rows.map(({ effectiveAt, ...row }) => ({ ...row, count: 1, month: monthOf(effectiveAt) }));
}

/** Entries asked for at once: far fewer than the parameters that a statement may have. */
const ENTRIES_AT_ONCE = 2_000;

/** What each fund bears, by the transaction by which the offset was settled. */
export async function partsOf(engine: Engine, transactions: readonly number[]): Promise<FundPart[]> {
  if (transactions.length === 0) return [];
  const settledBy = await entriesOfUnits(engine, transactions);
  const { accounts: a, entries: e } = engine.tables;
  const ids = [...settledBy.keys()];
  const points = new Map<string, FundPart>();
  const micro = new Map<string, number>();
  for (let at = 0; at < ids.length; at += ENTRIES_AT_ONCE) {
    const rows = await engine.db
      .select({ entry: e.id, owner: a.owner, role: a.role, amount: e.amount })
      .from(e)
      .innerJoin(a, eq(a.id, e.account))
      .where(
        and(inArray(e.id, ids.slice(at, at + ENTRIES_AT_ONCE)), inArray(a.role, ['redeemed', 'payable'])),
      );
    for (const { entry, owner: fund, role, amount } of rows) {
      const transaction = settledBy.get(entry) ?? 0;
      const key = `${transaction} ${fund}`;
      const part = points.get(key) ?? { transaction, fund, points: 0, micro: 0 };
      if (role === 'redeemed') points.set(key, { ...part, points: part.points + amount });
      else micro.set(key, (micro.get(key) ?? 0) - amount);
    }
  }
  // A clearing party owes as well; only whose points they were bears it.
  return [...points].map(([key, part]) => ({ ...part, micro: micro.get(key) ?? 0 }));
}

/** Every entry of the units by which offsets were settled, with the transaction that the offset names. */
async function entriesOfUnits(
  { db, tables: { transactions: x } }: Engine,
  transactions: readonly number[],
): Promise<Map<number, number>> {
  const of = aliasedTable(x, 'of_unit');
  const rows = await db
    .select({ transaction: x.id, first: of.firstEntry, count: of.entryCount })
    .from(x)
    .innerJoin(
      of,
      and(
        gt(of.id, sql`${x.id} - ${MEMBERS_OF_ONE}`),
        lt(of.id, sql`${x.id} + ${MEMBERS_OF_ONE}`),
        eq(of.unitId, x.unitId),
      ),
    )
    .where(inArray(x.id, [...transactions]));
  return new Map(
    rows.flatMap(({ transaction, first, count }) =>
      Array.from({ length: count }, (_, nth): [number, number] => [first + nth, transaction]),
    ),
  );
}

type Counted = ReturnType<typeof sumUp> & { book: number; after: number; through: number };

/** Only while the book is counted as far as `after`, as it was when it was read. */
function write(engine: Engine, { book, after, through, sums, funds }: Counted): Promise<void> {
  const { countedOffsets: c, offsetSums: s, offsetFundSums: f } = engine.tables;
  return engine.atomically((db) => [
    ...sums.map((row) =>
      db
        .insert(s)
        .values(row)
        .onConflictDoUpdate({
          target: [s.estate, s.month, s.redeemer, s.item],
          set: { count: sql`${s.count} + ${row.count}`, valueFen: sql`${s.valueFen} + ${row.valueFen}` },
        }),
    ),
    ...funds.map((row) =>
      db
        .insert(f)
        .values(row)
        .onConflictDoUpdate({
          target: [f.estate, f.month, f.redeemer, f.fund],
          set: {
            count: sql`${f.count} + ${row.count}`,
            points: sql`${f.points} + ${row.points}`,
            micro: sql`${f.micro} + ${row.micro}`,
          },
        }),
    ),
    db
      .insert(c)
      .values({ book, transaction: through })
      .onConflictDoUpdate({
        target: c.book,
        set: { transaction: ifStill(eq(c.transaction, after), sql`${c.transaction} + ${through - after}`) },
      }),
  ]);
}

/**
 * 差异转销: what the firm's books have too much is written off, approved by a second person. A bill fell by more than points
 * were put against it, so it is the firm's own loss: no points move for it and nobody is owed less. It is a document of its
 * own all the same, to which a transaction commits, and stands in the month's statement and voucher.
 */
import { and, eq, gte, lt, lte, sum, count } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { hashCanonicalJson, type RowChange, type Unique } from '../../ledger/index.ts';
import { firmOf, type ProductDeps } from '../../places/index.ts';
import { isProblem, problem, type Problem } from '../../platform/index.ts';
import { dayOf } from '../../programme/index.ts';
import type { Offset } from '../offsets.ts';
import type { BreakRow } from '../resolve-break.ts';
import { sayingOf } from '../settled-earlier.ts';

export type WriteOff = Engine['tables']['writeOffs']['$inferSelect'];
type Decided = Pick<
  WriteOff,
  'id' | 'breakId' | 'estate' | 'firm' | 'item' | 'amountFen' | 'askedBy' | 'approvedBy' | 'comment'
>;

/** What the transaction commits to, and `verify` works out again. */
export function hashOfWriteOff(of: Decided): string {
  const { id, breakId, estate, firm, item, amountFen, askedBy, approvedBy, comment } = of;
  return hashCanonicalJson({ id, breakId, estate, firm, item, amountFen, askedBy, approvedBy, comment });
}

type Row = Engine['tables']['postedRows']['$inferSelect'];
type Written = { id: string; memoCommitment: string; uniques: Unique[]; rows: RowChange[] };

/** The parts of a unit that write a difference off. */
export async function writingOff(
  { engine, places, ids, clock }: Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>,
  of: {
    found: BreakRow;
    offset: Offset | undefined;
    row: Row;
    item: string;
    askedBy: string;
    approvedBy: string;
    comment: string;
  },
): Promise<Written | Problem> {
  const { found, offset, row, item, askedBy, approvedBy, comment } = of;
  const at = clock();
  const firm = offset
    ? await redeemerOf(engine, offset.hold)
    : await firmOf({ engine, places }, { estate: found.estate, day: await postedOn(engine, row, dayOf(at)) });
  if (isProblem(firm)) return firm;
  const unique = await onceFor(engine, row);
  if (unique === undefined) return problem('already-done');
  const decided = {
    ...{ id: ids(), breakId: found.id, estate: found.estate, firm: firm.id, item },
    ...{ amountFen: found.differenceFen, askedBy, approvedBy, comment },
  };
  const hash = hashOfWriteOff(decided);
  const values = {
    ...{ id: decided.id, break_id: decided.breakId, estate: decided.estate, firm: decided.firm, item },
    ...{ amount_fen: decided.amountFen, asked_by: askedBy, approved_by: approvedBy, comment, hash },
    ...{ transaction: { planned: 'transaction' as const }, created_at: at },
  };
  return {
    ...{ id: decided.id, memoCommitment: hash, rows: [{ insert: 'write_offs', values }] },
    // It is also what makes the unit a transaction where no points move.
    uniques: [unique],
  };
}

/** The day on which the firm let it off the bill, as far as its list says; whoever served the estate then bears it. */
async function postedOn(
  { db, tables: { imports: t } }: Engine,
  row: Pick<Row, 'import' | 'postedOn'>,
  today: string,
): Promise<string> {
  if (row.postedOn !== null && row.postedOn <= today) return row.postedOn;
  const [list] = await db.select({ summary: t.summary }).from(t).where(eq(t.id, row.import));
  const day = list?.summary['drawnUpOn'];
  return typeof day === 'string' && day <= today ? day : today;
}

/**
 * A row that stands in several lists is one posting of the firm's, whichever break is about it, and is written off once; as
 * often as it stands in its own list. Undefined where that was done.
 */
async function onceFor({ db, tables }: Engine, row: Row): Promise<Unique | undefined> {
  const { postedRows: p, writeOffs: w, breaks: b } = tables;
  const saying = sayingOf(row);
  const isSame = (each: Row) => sayingOf(each) === saying;
  const { estate, amountFen } = row;
  const inList = await db
    .select()
    .from(p)
    .where(and(eq(p.import, row.import), eq(p.amountFen, amountFen)));
  const written = await db
    .select({ row: p })
    .from(w)
    .innerJoin(b, eq(b.id, w.breakId))
    .innerJoin(p, eq(p.id, b.postedRow))
    .where(and(eq(w.estate, estate), eq(p.amountFen, amountFen)));
  const times = written.filter((each) => isSame(each.row)).length;
  if (times >= inList.filter(isSame).length) return undefined;
  return { key: `write-off:${hashCanonicalJson({ estate, saying, times })}` };
}

async function redeemerOf({ db, tables: { holds: t } }: Engine, hold: string): Promise<{ id: string }> {
  const [row] = await db.select({ id: t.redeemer }).from(t).where(eq(t.id, hold));
  if (!row) throw new Error(`hold ${hold} of an offset is missing`);
  return row;
}

export type WrittenOff = { firm: string; item: string; count: number; valueFen: number };

/** What was written off at an estate in a span of time, by who bears it and by fee item. */
export async function writtenOffIn(
  { reader, tables: { writeOffs: w, transactions: x } }: Engine,
  of: { estate: string; from: number; to: number; readThrough: number },
): Promise<WrittenOff[]> {
  const rows = await reader
    .select({ firm: w.firm, item: w.item, count: count(), valueFen: sum(w.amountFen).mapWith(Number) })
    .from(w)
    .innerJoin(x, eq(x.id, w.transaction))
    .where(
      and(
        ...[eq(w.estate, of.estate), gte(x.effectiveAt, of.from), lt(x.effectiveAt, of.to)],
        lte(x.seq, of.readThrough),
      ),
    )
    .groupBy(w.firm, w.item);
  const order = ({ firm, item }: WrittenOff): string => `${firm} ${item}`;
  return rows.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

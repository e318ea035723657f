/**
 * 差异转销: what the firm's books have too much is written off, approved by a second person. A bill fell by more than points
 * were put against it, so it is the firm's own loss: no points move for it and nobody is owed less. It is a document of its
 * own all the same, to which a transaction commits, and stands in the month's statement and voucher.
 */
import { asc, eq } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { hashCanonicalJson, type RowChange } from '../../ledger/index.ts';
import { firmOf, type ProductDeps } from '../../places/index.ts';
import { isProblem, problem, type Problem } from '../../platform/index.ts';
import { dayOf } from '../../programme/index.ts';
import type { Offset } from '../offsets.ts';
import type { BreakRow } from '../resolve-break.ts';
import { nextOfRow, type Once } from './written-once.ts';

export type WriteOff = Engine['tables']['writeOffs']['$inferSelect'];
type Decided = Pick<
  WriteOff,
  | 'id'
  | 'breakId'
  | 'estate'
  | 'firm'
  | 'item'
  | 'amountFen'
  | 'nth'
  | 'reverses'
  | 'askedBy'
  | 'approvedBy'
  | 'comment'
>;

/** What the transaction commits to, and `verify` works out again. The first of a break says nothing of others. */
export function hashOfWriteOff(of: Decided): string {
  const { id, breakId, estate, firm, item, amountFen, nth, reverses, askedBy, approvedBy, comment } = of;
  const said = { id, breakId, estate, firm, item, amountFen, askedBy, approvedBy, comment };
  return hashCanonicalJson(nth === 1 ? said : { ...said, nth, reverses });
}

/** What its transaction writes of a decision. */
export function writeOffRow(decided: Decided, at: number): { row: RowChange; memoCommitment: string } {
  const hash = hashOfWriteOff(decided);
  const { id, estate, firm, item, nth, reverses, comment } = decided;
  const values = {
    ...{ id, estate, firm, item, nth, reverses, comment, hash },
    ...{ break_id: decided.breakId, amount_fen: decided.amountFen },
    ...{ asked_by: decided.askedBy, approved_by: decided.approvedBy },
    ...{ transaction: { planned: 'transaction' as const }, created_at: at },
  };
  return { row: { insert: 'write_offs', values }, memoCommitment: hash };
}

/** What was written off about a break and taken back, in order. */
export async function writeOffsOf(
  { db, tables: { writeOffs: t } }: Pick<Engine, 'db' | 'tables'>,
  breakId: string,
): Promise<WriteOff[]> {
  return db.select().from(t).where(eq(t.breakId, breakId)).orderBy(asc(t.nth));
}

type Row = Engine['tables']['postedRows']['$inferSelect'];
type Written = Once & { id: string; memoCommitment: string; rows: RowChange[] };

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
  const book = await places.bookOf(found.estate);
  const once = book === undefined ? undefined : await nextOfRow({ engine, book }, row);
  if (once === undefined) return problem('already-done');
  const before = await writeOffsOf(engine, found.id);
  const decided = {
    ...{ id: ids(), breakId: found.id, estate: found.estate, firm: firm.id, item },
    ...{ amountFen: found.differenceFen, nth: before.length + 1, reverses: null },
    ...{ askedBy, approvedBy, comment },
  };
  const { row: kept, memoCommitment } = writeOffRow(decided, at);
  return {
    ...{ id: decided.id, memoCommitment, rows: [kept] },
    // It is also what makes the unit a transaction where no points move.
    ...once,
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

async function redeemerOf({ db, tables: { holds: t } }: Engine, hold: string): Promise<{ id: string }> {
  const [row] = await db.select({ id: t.redeemer }).from(t).where(eq(t.id, hold));
  if (!row) throw new Error(`hold ${hold} of an offset is missing`);
  return row;
}

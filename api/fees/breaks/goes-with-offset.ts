/**
 * What goes with an offset that the firm takes back: of a row that had more than the offset, the rest was written off, and a
 * return of all of it leaves nothing that could be a loss. Protects: it is taken back with the reversal, in one unit and by
 * the same two people; a return of the offset alone leaves the rest in the firm's books, and its write-off with it.
 */
import { and, eq } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { RowChange, UnitBody } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import type { Offset } from '../offsets.ts';
import type { BreakRow } from '../resolve-break.ts';
import { eventRow } from './break-events.ts';
import { takingBack } from './taking-back.ts';
import { writeOffsOf, type WriteOff } from './write-off.ts';

type Row = Engine['tables']['postedRows']['$inferSelect'];
type Deps = Pick<ProductDeps, 'engine' | 'ids' | 'clock' | 'places'>;
type Unit = Omit<UnitBody, 'place'>;
type Gone = Pick<Unit, 'id' | 'uniques' | 'tallies' | 'memoCommitment'> & { rows: RowChange[] };

/** A unit and what goes with it. */
export function alongside(unit: Unit, gone: Gone | undefined): Unit {
  if (!gone) return unit;
  const both = <Part>(one: readonly Part[] = [], other: readonly Part[] = []) => [...one, ...other];
  return {
    ...{ ...unit, ...gone },
    rows: both(unit.rows, gone.rows),
    ...{ uniques: both(unit.uniques, gone.uniques), tallies: both(unit.tallies, gone.tallies) },
  };
}

/** The parts of the unit that reverses the offset. */
export async function goingWithOffset(
  deps: Deps,
  of: { offset: Offset; row: Row; askedBy: string; approvedBy: string; comment: string },
): Promise<Gone | undefined> {
  const { offset, row, askedBy, approvedBy, comment } = of;
  const written = await writtenOffWith(deps.engine, offset);
  const isAll = row.amountFen === 0 || row.amountFen === offset.valueFen + (written?.last.amountFen ?? 0);
  const book = await deps.places.bookOf(offset.estate);
  if (!written || row.state !== 'returned' || !isAll || book === undefined) return undefined;
  const { found, last } = written;
  const asked = { by: askedBy, comment };
  const { id, memoCommitment, uniques, tallies, ...taken } = await takingBack(deps, {
    ...{ book, found, last, asked, approvedBy },
  });
  const said = { breakId: found.id, actor: approvedBy, comment };
  const set = { resolution: 'firm-corrects', comment, resolved_by: approvedBy, resolved_at: deps.clock() };
  return {
    ...{ id, memoCommitment, uniques, tallies },
    rows: [
      taken.row,
      // The firm has corrected its row: nothing is left to write off anew.
      {
        update: 'breaks',
        id: found.id,
        version: found.version,
        set: { ...set, asked: null, reversal_asked: null },
      },
      eventRow(deps, { ...said, kind: 'reversed', subject: last.id }),
      eventRow(deps, { ...said, kind: 'resolved', subject: 'firm-corrects' }),
    ],
  };
}

/** What stands written off of the row by which the offset was posted. */
async function writtenOffWith(
  engine: Engine,
  { id, settledTransaction }: Offset,
): Promise<{ found: BreakRow; last: WriteOff } | undefined> {
  const { breaks: b } = engine.tables;
  if (settledTransaction === null) return undefined;
  const [found] = await engine.db
    .select()
    .from(b)
    .where(
      and(
        ...[eq(b.offset, id), eq(b.transaction, settledTransaction)],
        ...[eq(b.state, 'resolved'), eq(b.resolution, 'write-off')],
      ),
    );
  const last = found && (await writeOffsOf(engine, found.id)).at(-1);
  return found && last?.reverses === null ? { found, last } : undefined;
}

/**
 * An offset of which the firm has posted or returned a part goes back as a whole. Protects: what the firm still has of it in
 * its books is a difference from that moment on, whatever its next list says, until it has taken it out.
 */
import { and, desc, eq } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { RowChange } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import type { Offset } from '../offsets.ts';
import { explainStillPosted } from '../reconcile/explain.ts';
import type { Resolution } from '../reconcile/resolutions.ts';
import type { BreakRow } from '../resolve-break.ts';
import { eventRow } from './break-events.ts';

type Row = Engine['tables']['postedRows']['$inferSelect'];
type Resolved = {
  found: BreakRow;
  offset: Offset | undefined;
  row: Row | undefined;
  resolution: Resolution;
  by: string;
};

/** The rows of the unit that takes the offset back. */
export async function leftInBooks(
  deps: Pick<ProductDeps, 'engine' | 'ids' | 'clock'>,
  { found, offset, row, resolution, by }: Resolved,
): Promise<RowChange[]> {
  if (!offset || !row) return [];
  const left =
    resolution === 'reverse' && found.kind === 'returned'
      ? { fen: offset.valueFen + found.differenceFen, of: (await postedBy(deps.engine, offset)) ?? row }
      : {
          fen: resolution === 'release' && row.state === 'posted' && isTooLittle(found) ? row.amountFen : 0,
          of: row,
        };
  if (left.fen <= 0) return [];
  const id = deps.ids();
  const values = {
    ...{ id, estate: found.estate, import: found.import, kind: 'duplicate', offset: offset.id },
    posted_row: left.of.id,
    ...{ difference_fen: left.fen, proposal: 'firm-corrects', state: 'open', created_at: deps.clock() },
    ...explainStillPosted(offset.number, { rowNumber: left.of.rowNumber, fen: left.fen }),
    ...{ owner: found.owner, carried_to: found.carriedTo },
  };
  const line = { breakId: id, kind: 'follows' as const, actor: by, comment: '', subject: found.id };
  return [{ insert: 'breaks', values }, eventRow(deps, line)];
}

/** Of a bill that is another one by now the firm is asked to take its row out first. */
function isTooLittle({ kind, differenceFen }: BreakRow): boolean {
  return differenceFen < 0 && kind !== 'reissued' && kind !== 'paid-first';
}

/** The latest row by which it was posted. */
async function postedBy(
  { db, tables }: Engine,
  { id, settledTransaction }: Offset,
): Promise<Row | undefined> {
  const { postedRows: p, breaks: b } = tables;
  const [matched] = await db
    .select()
    .from(p)
    .where(and(eq(p.matchedOffset, id), eq(p.state, 'posted')))
    .orderBy(desc(p.id))
    .limit(1);
  if (matched || settledTransaction === null) return matched;
  const [accepted] = await db
    .select({ row: p })
    .from(b)
    .innerJoin(p, eq(p.id, b.postedRow))
    .where(and(eq(b.offset, id), eq(b.transaction, settledTransaction), eq(p.state, 'posted')));
  return accepted?.row;
}

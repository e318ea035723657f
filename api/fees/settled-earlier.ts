/** Rows of a posted list that no comparison is needed for: an earlier list had them, or what they name is settled. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { chunksOf } from '../places/index.ts';
import { keptRows } from './kept-rows.ts';
import { endedUnposted, type Offset } from './offsets.ts';
import { ourOffsets } from './our-offsets.ts';
import { noLongerPosted, notHandedOver } from './reconcile/breaks.ts';
import {
  postedThoughCancelled,
  postedTooLate,
  postedTwice,
  returnsWrittenOff,
  stillPosted,
} from './reconcile/breaks-again.ts';
import type { Break, OurOffset, PostedRow } from './reconcile/reconciliation.ts';
import { rowsAgain, type RowsAgain } from './reconcile/rows-again.ts';
import type { Wrong } from './reconcile/rows-of-number.ts';

type SettledEarlier = Pick<RowsAgain<PostedRow>, 'known' | 'bound' | 'settled'> & {
  twice: Map<PostedRow, Break>;
};

/**
 * Firms send lists that go on from the last one: the same row again is known, the same number posted again on another day
 * or with another amount is posted twice, and what is returned takes back what was posted too much before it takes back the
 * offset. What was given back because its hold ended comes too late, what its resident had cancelled was never the firm's
 * to post, and what is not in its hands (any more), or was reversed and is still in its books, is a difference of its own.
 */
export async function settledEarlier(
  engine: Engine,
  estate: string,
  { rows, drawnUpOn }: { rows: readonly PostedRow[]; drawnUpOn: string | null },
): Promise<SettledEarlier> {
  const { offsets: t } = engine.tables;
  const numbers = [...new Set(rows.map((row) => row.offsetNumber).filter((number) => number !== ''))];
  const named = new Map<string, Offset>();
  for (const some of chunksOf(numbers)) {
    const its = await engine.db
      .select()
      .from(t)
      .where(
        and(
          eq(t.estate, estate),
          inArray(t.number, some),
          inArray(t.state, ['held', 'posted', 'returned', 'cancelled', 'reversed']),
        ),
      );
    for (const offset of its) named.set(offset.number, offset);
  }
  const offsets = [...named.values()];
  const earlier = await keptRows(engine, { estate, offsets, rows });
  const { wrong, ...found } = rowsAgain({ ...{ rows, drawnUpOn, offsets: named }, ...earlier });
  const of = [...wrong.keys()].flatMap(({ offsetNumber }) => named.get(offsetNumber) ?? []);
  const isEnded = await endedUnposted(engine, of);
  const told = of.filter((offset) => offset.state === 'held' || offset.state === 'posted' || isEnded(offset));
  const ours = new Map(
    (
      await ourOffsets(
        engine,
        [...new Set(told)].map((offset) => ({ offset, exportedAt: null })),
      )
    ).map((each) => [each.number, each]),
  );
  const twice = new Map<PostedRow, Break>();
  for (const [row, what] of wrong) {
    const offset = named.get(row.offsetNumber);
    const its = { what, ours: ours.get(row.offsetNumber), reopened: earlier.reopened };
    if (offset) twice.set(row, whatIsWrong(row, offset, its));
  }
  return { ...found, twice };
}

function whatIsWrong(
  row: PostedRow,
  offset: Offset,
  { what, ours, reopened }: { what: Wrong; ours: OurOffset | undefined; reopened: ReadonlySet<string> },
): Break {
  if (what.why === 'written-off') return returnsWrittenOff(row);
  if (what.why === 'kept') return stillPosted(row, what.fen);
  if (ours && what.why === 'gone' && offset.state === 'posted') {
    // More than the offset is returned only where the row that posted it had more, which was written off.
    const more = reopened.has(offset.id) ? 0 : Math.max(0, row.amountFen - offset.valueFen);
    return noLongerPosted(ours, row, { fen: what.fen, writtenOffFen: more });
  }
  if (ours && offset.state === 'held') return notHandedOver(ours, row);
  if (ours && offset.state === 'returned') return postedTooLate(row, ours);
  return offset.state === 'cancelled' ? postedThoughCancelled(row) : postedTwice(row, offset.state);
}

/** The rows of a firm's list between which only a person can choose: each may be the one that posts an offset. */
import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Offset } from '../offsets.ts';
import type { BreakRow } from '../resolve-break.ts';

export type KeptRow = Engine['tables']['postedRows']['$inferSelect'];
type Of = {
  found: Pick<BreakRow, 'id' | 'import' | 'state' | 'proposal'>;
  offset: Pick<Offset, 'number' | 'valueFen' | 'state'>;
};

/** So many are offered. */
const MOST_OFFERED = 20;
/** A number of ours is believed: a row that carries one is of that offset alone. */
const OURS = /^DK-\d{4}-/i;

/**
 * Of the open breaks that ask for a choice: posted rows of their list under the offset's number or, where they have none,
 * of its value, that post nothing else. By the break, in the order of the list.
 */
export async function candidateRows(engine: Engine, all: readonly Of[]): Promise<Map<string, KeptRow[]>> {
  const { db, tables } = engine;
  const { postedRows: p } = tables;
  const asked = all.filter(({ found, offset }) => asksForRow(found) && offset.state === 'exported');
  const candidates = new Map<string, KeptRow[]>();
  if (asked.length === 0) return candidates;
  const numbers = asked.map(({ offset }) => offset.number);
  const values = asked.map(({ offset }) => offset.valueFen);
  const rows = await db
    .select()
    .from(p)
    .where(
      and(
        inArray(
          p.import,
          asked.map(({ found }) => found.import),
        ),
        ...[eq(p.state, 'posted'), isNull(p.matchedOffset)],
        or(inArray(p.offsetNumber, numbers), inArray(p.amountFen, values)),
      ),
    )
    .orderBy(p.import, p.rowNumber);
  const taken = await takenUp(engine, [...new Set(asked.map(({ found }) => found.import))]);
  for (const { found, offset } of asked) {
    const may = rows.filter(
      (row) =>
        row.import === found.import &&
        !taken.has(row.id) &&
        (row.offsetNumber === offset.number ||
          (!OURS.test(row.offsetNumber) && row.amountFen === offset.valueFen)),
    );
    candidates.set(found.id, may.slice(0, MOST_OFFERED));
  }
  return candidates;
}

export function asksForRow({ state, proposal }: Pick<BreakRow, 'state' | 'proposal'>): boolean {
  return state === 'open' && proposal === 'choose';
}

/** Rows by which a person settled something of these lists before. */
async function takenUp(
  { db, tables: { breaks: b } }: Engine,
  lists: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .select({ row: b.postedRow })
    .from(b)
    .where(
      and(
        inArray(b.import, [...lists]),
        ...[eq(b.state, 'resolved'), inArray(b.resolution, ['accept', 'write-off'])],
      ),
    );
  return new Set(rows.flatMap(({ row }) => row ?? []));
}

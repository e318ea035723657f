/** The rows of a firm's list between which only a person can choose: each may be the one that posts an offset. */
import { and, eq, inArray, or } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { getHouses, houseCode } from '../../places/index.ts';
import type { Offset } from '../offsets.ts';

import type { BreakRow } from '../resolve-break.ts';
import { sayingOfKept } from '../saying-of-kept.ts';

export type KeptRow = Engine['tables']['postedRows']['$inferSelect'];
type Asking = Pick<Offset, 'id' | 'estate' | 'number' | 'house' | 'valueFen' | 'state'>;
type Of = { found: Pick<BreakRow, 'id' | 'import' | 'state' | 'proposal'>; offset: Asking };

/** So many are offered. */
const MOST_OFFERED = 20;
/** A number of ours is believed: a row that carries one is of that offset alone. */
const OURS = /^DK-\d{4}-/i;

/**
 * Of the open breaks that ask for a choice: posted rows of their list that post nothing else and that the list does not take
 * back, under the offset's number or, where none carries it, on its house and of its value. By the break, in the order of
 * the list.
 */
export async function candidateRows(engine: Engine, all: readonly Of[]): Promise<Map<string, KeptRow[]>> {
  const asked = all.filter(({ found, offset }) => asksForRow(found) && offset.state === 'exported');
  const candidates = new Map<string, KeptRow[]>();
  if (asked.length === 0) return candidates;
  const rows = await rowsThatMay(engine, asked);
  const lists = [...new Set(asked.map(({ found }) => found.import))];
  const taken = await takenUp(engine, lists);
  const houses = await getHouses(
    engine,
    asked.map(({ offset }) => offset.house),
  );
  const known = await settledBefore(engine, asked);
  for (const { found, offset } of asked) {
    const free = rows.filter(
      (row) => row.import === found.import && row.matchedOffset === null && !taken.has(row.id),
    );
    const numbered = standing(free.filter((row) => row.offsetNumber === offset.number));
    const at = houses.get(offset.house);
    const code = at ? houseCode(at) : '';
    const loose = free.filter(
      (row) =>
        row.state === 'posted' &&
        !OURS.test(row.offsetNumber) &&
        row.amountFen === offset.valueFen &&
        (row.house === '' || row.house === code) &&
        !known.has(sayingOfKept(row)),
    );
    candidates.set(found.id, (numbered.length > 0 ? numbered : loose).slice(0, MOST_OFFERED));
  }
  return candidates;
}

export function asksForRow({ state, proposal }: Pick<BreakRow, 'state' | 'proposal'>): boolean {
  return state === 'open' && proposal === 'choose';
}

/** Whether something was settled by this very row: it posts no other offset. */
export async function isTakenUp(engine: Engine, row: KeptRow, beside: string): Promise<boolean> {
  return row.matchedOffset !== null || (await takenUp(engine, [row.import], beside)).has(row.id);
}

async function rowsThatMay({ db, tables: { postedRows: p } }: Engine, asked: readonly Of[]) {
  const lists = asked.map(({ found }) => found.import);
  const numbers = asked.map(({ offset }) => offset.number);
  const values = asked.map(({ offset }) => offset.valueFen);
  return db
    .select()
    .from(p)
    .where(
      and(
        ...[inArray(p.import, lists), inArray(p.state, ['posted', 'returned'])],
        or(inArray(p.offsetNumber, numbers), inArray(p.amountFen, values)),
      ),
    )
    .orderBy(p.import, p.rowNumber);
}

/** Under one number, without what the list itself takes back: per returned row the first posted one of its amount. */
function standing(rows: readonly KeptRow[]): KeptRow[] {
  const back = new Map<number, number>();
  for (const { state, amountFen } of rows)
    if (state === 'returned') back.set(amountFen, (back.get(amountFen) ?? 0) + 1);
  return rows.filter(({ state, amountFen }) => {
    if (state !== 'posted') return false;
    const open = back.get(amountFen) ?? 0;
    if (open > 0) back.set(amountFen, open - 1);
    return open === 0;
  });
}

/**
 * Rows by which a person settled something of these lists, or that somebody has named for another offset. `beside`: the break
 * that is not looked at.
 */
async function takenUp(
  { db, tables: { breaks: b } }: Engine,
  lists: readonly string[],
  beside = '',
): Promise<Set<string>> {
  const rows = await db
    .select({
      ...{ id: b.id, row: b.postedRow, offset: b.offset, state: b.state },
      kind: b.kind,
      proposal: b.proposal,
      resolution: b.resolution,
    })
    .from(b)
    .where(inArray(b.import, [...lists]));
  const taken = rows.filter(({ id, offset, state, kind, proposal, resolution }) => {
    if (id === beside) return false;
    if (state === 'resolved') return resolution === 'accept' || resolution === 'write-off';
    return offset !== null && proposal !== 'choose' && kind !== 'duplicate';
  });
  return new Set(taken.flatMap(({ row }) => row ?? []));
}

/** What rows said by which offsets of the same houses and values were settled: a later list has them again. */
async function settledBefore({ db, tables }: Engine, asked: readonly Of[]): Promise<Set<string>> {
  const { offsets: o, postedRows: p } = tables;
  const [estates, houses, values] = [
    [...new Set(asked.map(({ offset }) => offset.estate))],
    asked.map(({ offset }) => offset.house),
    asked.map(({ offset }) => offset.valueFen),
  ];
  const rows = await db
    .select({ row: p })
    .from(o)
    .innerJoin(p, eq(p.matchedOffset, o.id))
    .where(
      and(
        ...[inArray(o.estate, estates), eq(o.state, 'posted'), inArray(o.valueFen, values)],
        inArray(o.house, houses),
      ),
    );
  return new Set(rows.map(({ row }) => sayingOfKept(row)));
}

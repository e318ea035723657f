/** What earlier lists had of the firm's postings: rows that are settled, and those that were told as differences. */
import { and, eq, inArray, isNull, or, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { chunksOf } from '../places/index.ts';
import { splitMonths } from '../programme/index.ts';
import type { Offset } from './offsets.ts';
import type { BreakKind, PostedRow } from './reconcile/reconciliation.ts';
import type { KeptRow, ToldRow } from './reconcile/said-row.ts';
import { monthsIn } from './rules/bill-months.ts';
import { asReadNow } from './saying-of-kept.ts';

type Kept = { kept: KeptRow[]; reopened: Set<string>; told: ToldRow[] };
type Asked = { estate: string; offsets: readonly Offset[]; rows: readonly PostedRow[] };

/**
 * The rows of earlier lists by which the firm posted or returned offsets: of these numbers, and of the months (where a row
 * names none: the amounts) of these rows. A row that a person accepted settled its offset as one that was matched.
 */
export async function keptRows(engine: Engine, asked: Asked): Promise<Kept> {
  const kept = new Map<string, KeptRow>();
  const add = (row: KeptRow) => kept.set(`${row.id} ${row.isSettling}`, asReadNow(row));
  for (const { row, offset } of await matchedRows(engine, asked))
    add({ ...row, offset, isSettling: row.state === 'posted' });
  const { rows: resolved, reopened } = await resolvedRows(engine, asked.estate);
  for (const row of resolved) add(row);
  const { postedRows: p, breaks: b, offsets: t } = engine.tables;
  // What is written off about none of ours, or about an offset that was settled before, the firm keeps.
  const writtenOff = await engine.db
    .select({ row: p, offset: b.offset, transaction: b.transaction, settled: t.settledTransaction })
    .from(b)
    .innerJoin(p, eq(p.id, b.postedRow))
    .leftJoin(t, eq(t.id, b.offset))
    .where(and(eq(b.estate, asked.estate), eq(b.state, 'resolved'), eq(b.resolution, 'write-off')));
  const byNumber = new Map(asked.offsets.map(({ number, id }) => [number, id]));
  for (const { row, offset, transaction, settled } of writtenOff)
    if (settled === null || transaction !== settled)
      add({ ...row, offset: offset ?? byNumber.get(row.offsetNumber) ?? null, isSettling: false });
  return { kept: [...kept.values()], reopened, told: await toldRows(engine, asked) };
}

async function matchedRows({ db, tables }: Engine, { estate, offsets, rows }: Asked) {
  const { offsets: t, postedRows: p } = tables;
  const posted = offsets.flatMap(({ id, state }) => (state === 'posted' || state === 'reversed' ? [id] : []));
  const values = [...new Set(rows.map(({ amountFen }) => amountFen))];
  const periods = [...new Set(rows.map(({ period }) => period))];
  const matching = (condition: SQL | undefined) =>
    db
      .select({ row: p, offset: t.id })
      .from(t)
      .innerJoin(p, eq(p.matchedOffset, t.id))
      .where(and(eq(t.estate, estate), inArray(t.state, ['posted', 'reversed']), condition));
  const found: Awaited<ReturnType<typeof matching>> = [];
  for (const ids of chunksOf(posted)) found.push(...(await matching(inArray(t.id, ids))));
  if (periods.includes(''))
    for (const some of chunksOf(values)) found.push(...(await matching(inArray(t.valueFen, some))));
  else {
    for (const some of chunksOf(periods)) found.push(...(await matching(inArray(t.period, some))));
    // A bill for several months is kept by the month it is due in, which is one of them, and named by all.
    for (const months of periods.filter((period) => period.includes('~'))) {
      const its = and(eq(t.billMonths, months), inArray(t.period, monthsIn(splitMonths(months))));
      found.push(...(await matching(its)));
    }
  }
  return found;
}

async function resolvedRows({ db, tables }: Engine, estate: string) {
  const { offsets: t, postedRows: p, breaks: b } = tables;
  const settling = or(
    inArray(b.resolution, ['accept', 'write-off', 'reverse']),
    and(eq(b.resolution, 'release'), eq(b.kind, 'returned')),
  );
  // Its write-off was taken back; the points that were handed over with it stay so, whatever later lists found.
  const handedOver = eq(b.transaction, t.settledTransaction);
  const stillSo = and(
    handedOver,
    or(eq(b.state, 'open'), inArray(b.resolution, ['firm-corrects', 'replaced'])),
  );
  const found = await db
    .select({
      ...{ row: p, offset: t.id, resolution: b.resolution, transaction: b.transaction },
      settled: t.settledTransaction,
    })
    .from(b)
    .innerJoin(p, eq(p.id, b.postedRow))
    .innerJoin(t, eq(t.id, b.offset))
    .where(
      and(
        ...[eq(b.estate, estate), or(and(eq(b.state, 'resolved'), settling), stillSo)],
        inArray(t.state, ['posted', 'returned', 'reversed']),
      ),
    );
  const rows = found.map(({ row, offset, transaction, settled }) => {
    const isSettling = row.state === 'posted' && transaction !== null && transaction === settled;
    return { ...row, offset, isSettling };
  });
  const isOpen = (resolution: string | null) =>
    resolution === null || resolution === 'firm-corrects' || resolution === 'replaced';
  const reopened = found.flatMap(({ resolution, offset }) => (isOpen(resolution) ? [offset] : []));
  return { rows, reopened: new Set(reopened) };
}

/** Too much under a number, and what the firm is to take out of its books. */
const SURPLUS: readonly BreakKind[] = ['duplicate', 'missing-here', 'hold-ended', 'not-handed-over'];

/** Open, or left to the firm to correct: no list has put it right since. */
async function toldRows({ db, tables }: Engine, { estate, offsets }: Asked): Promise<ToldRow[]> {
  const { postedRows: p, breaks: b } = tables;
  const numberOf = new Map(offsets.map(({ id, number }) => [id, number]));
  const found: ToldRow[] = [];
  for (const some of chunksOf([...numberOf])) {
    const rows = await db
      .select({ found: b, row: p })
      .from(b)
      .innerJoin(p, eq(p.id, b.postedRow))
      .where(
        and(
          ...[eq(b.estate, estate), isNull(b.settledImport)],
          or(
            ...[
              inArray(
                p.offsetNumber,
                some.map(([, number]) => number),
              ),
              inArray(
                b.offset,
                some.map(([id]) => id),
              ),
            ],
          ),
          or(eq(b.state, 'open'), eq(b.resolution, 'firm-corrects')),
          or(
            and(...[eq(p.state, 'posted'), inArray(b.kind, [...SURPLUS]), eq(b.proposal, 'firm-corrects')]),
            and(eq(p.state, 'returned'), eq(b.kind, 'returned')),
          ),
        ),
      );
    for (const { found: each, row } of rows) {
      const kind = each.kind as BreakKind;
      const { id, offset, differenceFen } = each;
      const number = numberOf.get(offset ?? '') ?? row.offsetNumber;
      found.push({ break: id, number, kind, isOffsets: offset !== null, differenceFen, row: asReadNow(row) });
    }
  }
  return found.sort((one, other) => (one.break < other.break ? -1 : 1));
}

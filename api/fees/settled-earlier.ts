/** Rows of a posted list that no comparison is needed for: an earlier list had them, or what they name is settled. */
import { and, eq, inArray, or, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { chunksOf } from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { splitMonths } from '../programme/index.ts';
import { feeItem } from './files/fee-item.ts';
import { endedUnposted, type Offset } from './offsets.ts';
import { ourOffsets } from './our-offsets.ts';
import { missingHere, noLongerPosted, notHandedOver } from './reconcile/breaks.ts';
import { Lists } from './reconcile/lists.ts';
import type { Break, OurOffset, PostedRow } from './reconcile/reconciliation.ts';
import { monthsIn } from './rules/bill-months.ts';

export type SettledEarlier = { known: Set<PostedRow>; twice: Map<PostedRow, Break> };

/**
 * Firms send lists that go on from the last one: the same row again is known, the same number posted again on another day
 * or with another amount is posted twice. What was given back because its hold ended comes too late, what its resident had
 * cancelled was never the firm's to post, and what is not in its hands (any more) is a difference of its own.
 */
export async function settledEarlier(
  engine: Engine,
  estate: string,
  rows: readonly PostedRow[],
): Promise<SettledEarlier> {
  const { offsets: t } = engine.tables;
  const found: SettledEarlier = { known: new Set(), twice: new Map() };
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
  const isEnded = await endedUnposted(engine, offsets);
  // Of what is posted only rows that do not post it say something new.
  const unposted = new Set(rows.flatMap((row) => (row.state === 'posted' ? [] : [row.offsetNumber])));
  const told = offsets.filter(
    (offset) =>
      offset.state === 'held' ||
      isEnded(offset) ||
      (offset.state === 'posted' && unposted.has(offset.number)),
  );
  const ours = new Map(
    (
      await ourOffsets(
        engine,
        told.map((offset) => ({ offset, exportedAt: null })),
      )
    ).map((each) => [each.number, each]),
  );
  const { byOffset, bySaying, reopened } = await rowsThatSettled(engine, estate, { offsets, rows });
  // A list that still has the row that was written off corrects nothing, and corrects by one row where it does.
  for (const row of rows) {
    const offset = named.get(row.offsetNumber);
    if (offset && isSettling(row, offset, byOffset.get(offset.id))) reopened.delete(offset.id);
  }
  for (const row of rows) {
    const offset = named.get(row.offsetNumber);
    const saying = sayingOf(row);
    const same = bySaying.get(saying) ?? 0;
    if (offset && isSettling(row, offset, byOffset.get(offset.id))) found.known.add(row);
    else if (offset && corrects(row, offset) && reopened.delete(offset.id)) found.known.add(row);
    // Each earlier row stands for one: once more than that, it is compared like any other.
    else if (same > 0) {
      bySaying.set(saying, same - 1);
      found.known.add(row);
    } else if (offset) found.twice.set(row, whatIsWrong(row, offset, ours.get(row.offsetNumber)));
  }
  return found;
}

/** Whether an earlier list had the row, and settled the offset by it. */
function isSettling(row: PostedRow, { state }: Offset, before: readonly KeptRow[]): boolean {
  if (state !== 'posted') return row.state !== 'posted';
  if (row.state !== 'posted') return false;
  return before.some(({ postedOn, amountFen }) => postedOn === row.postedOn && amountFen === row.amountFen);
}

/** Of one whose write-off was taken back, the row that says no more than the offset is what was asked of the firm. */
function corrects(row: PostedRow, { state, valueFen }: Offset): boolean {
  return state === 'posted' && row.state === 'posted' && row.amountFen === valueFen;
}

function whatIsWrong(row: PostedRow, offset: Offset, ours: OurOffset | undefined): Break {
  if (ours && offset.state === 'posted')
    return row.state === 'posted' || row.state === 'paid-otherwise'
      ? postedTwice(row, offset)
      : noLongerPosted(ours, row);
  if (ours) return offset.state === 'held' ? notHandedOver(ours, row) : postedTooLate(row, ours);
  return offset.state === 'cancelled' ? postedThoughCancelled(row) : postedTwice(row, offset);
}

export type KeptRow = Omit<PostedRow, 'rowNumber' | 'remark' | 'period'> & { period: string };

/**
 * The rows of earlier lists by which the firm posted or returned offsets: of these numbers, and of the months (where a row
 * names none: the amounts) of these rows. A row that a person accepted settled its offset as one that was matched.
 */
async function rowsThatSettled(
  { db, tables }: Engine,
  estate: string,
  { offsets, rows }: { offsets: readonly Offset[]; rows: readonly PostedRow[] },
) {
  const { offsets: t, postedRows: p, breaks: b } = tables;
  const byOffset = new Lists<string, KeptRow>();
  const seen = new Map<string, KeptRow>();
  const add = (found: readonly { row: KeptRow; offset: string }[]) => {
    for (const { row, offset } of found) {
      if (seen.has(row.id)) continue;
      seen.set(row.id, row);
      byOffset.add(offset, row);
    }
  };
  const posted = offsets
    .filter(({ state }) => state === 'posted' || state === 'reversed')
    .map(({ id }) => id);
  const values = [...new Set(rows.map(({ amountFen }) => amountFen))];
  const periods = [...new Set(rows.map(({ period }) => period))];
  const matching = (condition: SQL | undefined) =>
    db
      .select({ row: p, offset: t.id })
      .from(t)
      .innerJoin(p, eq(p.matchedOffset, t.id))
      .where(and(eq(t.estate, estate), inArray(t.state, ['posted', 'reversed']), condition));
  for (const ids of chunksOf(posted)) add(await matching(inArray(t.id, ids)));
  if (periods.includes(''))
    for (const some of chunksOf(values)) add(await matching(inArray(t.valueFen, some)));
  else {
    for (const some of chunksOf(periods)) add(await matching(inArray(t.period, some)));
    // A bill for several months is kept by the month it is due in, which is one of them, and named by all.
    for (const months of periods.filter((period) => period.includes('~')))
      add(await matching(and(eq(t.billMonths, months), inArray(t.period, monthsIn(splitMonths(months))))));
  }
  const settling = or(
    inArray(b.resolution, ['accept', 'write-off', 'reverse']),
    and(eq(b.resolution, 'release'), eq(b.kind, 'returned')),
  );
  // Its write-off was taken back; the points that were handed over with it stay so.
  const stillHandedOver = and(
    eq(b.transaction, t.settledTransaction),
    or(eq(b.state, 'open'), eq(b.resolution, 'firm-corrects')),
  );
  const resolved = await db
    .select({ row: p, offset: t.id, resolution: b.resolution })
    .from(b)
    .innerJoin(p, eq(p.id, b.postedRow))
    .innerJoin(t, eq(t.id, b.offset))
    .where(
      and(
        ...[eq(b.estate, estate), or(and(eq(b.state, 'resolved'), settling), stillHandedOver)],
        inArray(t.state, ['posted', 'returned', 'reversed']),
      ),
    );
  add(resolved);
  const reopened = new Set(
    resolved
      .filter(({ resolution }) => resolution === null || resolution === 'firm-corrects')
      .map(({ offset }) => offset),
  );
  // What is written off about none of ours, or about an offset that was settled before, the firm keeps.
  const writtenOff = await db
    .select({ row: p })
    .from(b)
    .innerJoin(p, eq(p.id, b.postedRow))
    .where(and(eq(b.estate, estate), eq(b.state, 'resolved'), eq(b.resolution, 'write-off')));
  for (const { row } of writtenOff) seen.set(row.id, row);
  const bySaying = new Map<string, number>();
  for (const row of seen.values()) bySaying.set(sayingOf(row), (bySaying.get(sayingOf(row)) ?? 0) + 1);
  return { byOffset, bySaying, reopened };
}

/** All that a row says, apart from where it stands. */
export function sayingOf({ offsetNumber, house, item, period, amountFen, postedOn, state }: KeptRow): string {
  return JSON.stringify([offsetNumber, house, feeItem(item), period, amountFen, postedOn, state]);
}

function postedTooLate(row: PostedRow, offset: OurOffset): Break {
  return {
    kind: 'hold-ended',
    also: [],
    offset,
    rows: [row],
    candidateOffsets: [],
    candidateRows: [],
    differenceFen: row.amountFen,
    proposal: 'firm-corrects',
    zh: `${offset.number}：物业入账太晚。为这张单预留的积分到期时，系统已经退给居民，不能再付给物业。请物业撤销清单第 ${row.rowNumber} 行，改向居民收 ${formatYuan(row.amountFen)} 元；说好以后，在这里选“请物业更正”并写明`,
    en: `${offset.number}: the firm posted it too late. The points set aside for it had gone back to the resident when their time was over, and can no longer be paid to the firm. Have the firm take row ${row.rowNumber} out and collect ${formatYuan(row.amountFen)} in money; once agreed, choose “the firm corrects” here and say so`,
  };
}

function postedThoughCancelled(row: PostedRow): Break {
  return {
    ...missingHere(row),
    zh: `${row.offsetNumber}：这张抵扣单在交给物业以前已经取消，积分还在居民手里。请物业撤销清单第 ${row.rowNumber} 行，改向居民收 ${formatYuan(row.amountFen)} 元`,
    en: `${row.offsetNumber}: this offset was cancelled before it was handed over, and the resident has the points. Have the firm take row ${row.rowNumber} out and collect ${formatYuan(row.amountFen)} in money`,
  };
}

function postedTwice(row: PostedRow, offset: Offset): Break {
  const posted = offset.state === 'posted';
  return {
    kind: 'duplicate',
    also: [],
    rows: [row],
    candidateOffsets: [],
    candidateRows: [],
    differenceFen: row.state === 'posted' ? row.amountFen : 0,
    proposal: 'firm-corrects',
    zh: `${offset.number}：清单第 ${row.rowNumber} 行又写了这个号，以前的清单已经${posted ? '入账' : '退回'}过`,
    en: `${offset.number}: row ${row.rowNumber} carries this number again; an earlier list ${posted ? 'posted' : 'returned'} it`,
  };
}

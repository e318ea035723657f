/** The two sides of a reconciliation, gathered for the pure matcher: our exported offsets and the firm's rows. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { getHouses, houseCode } from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { dayOf } from '../programme/index.ts';
import type { PostedListRow, UnreadRows } from './files/posted-list.ts';
import { endedUnposted, type Offset } from './offsets.ts';
import { missingHere } from './reconcile/breaks.ts';
import { reconcile } from './reconcile/match.ts';
import {
  lastDayOf,
  type Break,
  type OurOffset,
  type PostedRow,
  type Reconciliation,
} from './reconcile/reconciliation.ts';

export type EstateReconciliation = Reconciliation & {
  rows: PostedRow[];
  offsets: ReadonlyMap<string, Offset>;
  /** Rows that an earlier list had already, and that say the same: no break, and nothing to do. */
  known: number;
  /** Offsets that only unreadable rows may name: no part of this comparison, and no `missing-there`. */
  leftOut: OurOffset[];
};

/** `ids` gives each row the id under which it will be kept. */
export async function reconcileEstate(
  engine: Engine,
  input: {
    estate: string;
    rows: readonly PostedListRow[];
    unread: UnreadRows;
    ids: () => string;
    now: number;
  },
): Promise<EstateReconciliation> {
  const handedOver = await exportedOffsets(engine, input.estate);
  const exported = handedOver.map(({ offset }) => offset);
  const rows = input.rows.map((row) => postedRow(row, input.ids()));
  const settled = await settledEarlier(engine, input.estate, rows);
  const all = await ourOffsets(engine, handedOver);
  const leftOut = namedUnread(all, rows, input.unread);
  const ours = all.filter((offset) => !leftOut.includes(offset));
  const open = rows.filter((row) => !settled.known.has(row) && !settled.twice.has(row));
  const result = reconcile(ours, open, lastDayOf(rows, dayOf(input.now)));
  const twice = [...settled.twice.values()];
  const twiceFen = twice.reduce((sum, { differenceFen }) => sum + differenceFen, 0);
  const { totals } = result;
  return {
    ...result,
    breaks: [...result.breaks, ...twice],
    totals: {
      ...totals,
      theirsFen: totals.theirsFen + twiceFen,
      differenceFen: totals.differenceFen + twiceFen,
    },
    rows,
    offsets: new Map(exported.map((offset) => [offset.id, offset])),
    known: settled.known.size,
    leftOut,
  };
}

/** By number; by house where the row has no number. What a readable row names is compared. */
function namedUnread(
  offsets: readonly OurOffset[],
  rows: readonly PostedRow[],
  { numbers, houses }: UnreadRows,
): OurOffset[] {
  if (numbers.size + houses.size === 0) return [];
  const read = new Set(rows.flatMap(({ offsetNumber, house }) => [offsetNumber, house]));
  return offsets.filter(({ number, house }) => {
    const isNamed = numbers.has(number) || (houses.has(house) && !read.has(house));
    return isNamed && !read.has(number);
  });
}

function postedRow(row: PostedListRow, id: string): PostedRow {
  const { rowNumber, offsetNumber, item, amountFen, postedOn, state, remark } = row;
  const house = row.house ? houseCode(row.house) : '';
  const period = row.period;
  return { id, rowNumber, offsetNumber, house, item, period, amountFen, postedOn, state, remark };
}

/**
 * Rows whose number is settled already. Firms send lists that go on from the last one: the same row again is known,
 * the same number posted again on another day or with another amount is posted twice. What was given back because its
 * hold ended comes too late, and what its resident had cancelled was never the firm's to post.
 */
async function settledEarlier(engine: Engine, estate: string, rows: readonly PostedRow[]) {
  const { offsets: t, postedRows: p } = engine.tables;
  const known = new Set<PostedRow>();
  const twice = new Map<PostedRow, Break>();
  const numbers = [...new Set(rows.map((row) => row.offsetNumber).filter((number) => number !== ''))];
  for (let at = 0; at < numbers.length; at += 500) {
    const found = await engine.db
      .select({ offset: t, postedOn: p.postedOn, amountFen: p.amountFen })
      .from(t)
      .leftJoin(p, eq(p.matchedOffset, t.id))
      .where(
        and(
          eq(t.estate, estate),
          inArray(t.number, numbers.slice(at, at + 500)),
          inArray(t.state, ['posted', 'returned', 'cancelled']),
        ),
      );
    const byNumber = new Map(found.map((each) => [each.offset.number, each]));
    const offsets = found.map(({ offset }) => offset);
    const isEnded = await endedUnposted(engine, offsets);
    const late = new Map(
      (
        await ourOffsets(
          engine,
          offsets.filter(isEnded).map((offset) => ({ offset, exportedAt: null })),
        )
      ).map((each) => [each.number, each]),
    );
    for (const row of rows) {
      const before = byNumber.get(row.offsetNumber);
      if (!before) continue;
      const isPosted = before.offset.state === 'posted';
      const isSame =
        before.postedOn === row.postedOn && (before.amountFen ?? before.offset.valueFen) === row.amountFen;
      if (isPosted ? row.state === 'posted' && isSame : row.state !== 'posted') known.add(row);
      else {
        const ours = late.get(row.offsetNumber);
        if (ours) twice.set(row, postedTooLate(row, ours));
        else if (before.offset.state === 'cancelled') twice.set(row, postedThoughCancelled(row));
        else twice.set(row, postedTwice(row, before.offset));
      }
    }
  }
  return { known, twice };
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

type HandedOver = { offset: Offset; exportedAt: number | null };

async function exportedOffsets({ db, tables }: Engine, estate: string): Promise<HandedOver[]> {
  const { offsets: t, exportBatches: b } = tables;
  return db
    .select({ offset: t, exportedAt: b.createdAt })
    .from(t)
    .leftJoin(b, eq(b.id, t.exportBatch))
    .where(and(eq(t.estate, estate), eq(t.state, 'exported')));
}

/** Each offset with the newest issue of its bill line. */
async function ourOffsets(engine: Engine, handedOver: readonly HandedOver[]): Promise<OurOffset[]> {
  const offsets = handedOver.map(({ offset }) => offset);
  const houses = await getHouses(
    engine,
    offsets.map(({ house }) => house),
  );
  const newest = await newestBills(engine, offsets);
  return handedOver.map(({ offset, exportedAt }) => {
    const { id, number, item, period, valueFen, billIssue } = offset;
    const house = houses.get(offset.house);
    const bill = newest.get(`${offset.house}|${item}|${period}`);
    return {
      id,
      number,
      house: house ? houseCode(house) : '',
      item,
      period,
      valueFen,
      offsetOn: dayOf(offset.createdAt),
      exportedOn: dayOf(exportedAt ?? offset.createdAt),
      billIssue,
      bill: {
        issue: bill?.issue ?? billIssue,
        amountFen: bill?.amountFen ?? 0,
        cancelled: bill?.state === 'cancelled',
      },
    };
  });
}

async function newestBills({ db, tables: { bills: t } }: Engine, offsets: readonly Offset[]) {
  const houses = [...new Set(offsets.map(({ house }) => house))];
  const newest = new Map<string, { issue: number; amountFen: number; state: string }>();
  for (let at = 0; at < houses.length; at += 500) {
    const rows = await db
      .select()
      .from(t)
      .where(inArray(t.house, houses.slice(at, at + 500)))
      .orderBy(desc(t.issue));
    for (const row of rows) {
      const line = `${row.house}|${row.item}|${row.period}`;
      if (!newest.has(line)) newest.set(line, row);
    }
  }
  return newest;
}

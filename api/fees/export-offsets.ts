/**
 * Offsets are handed to the firm: each is in one live batch (an offset exported twice would be posted twice). The batch
 * can be downloaded again as often as needed; which offsets it has, and their values, never changes.
 */
import {
  aliasedTable,
  and,
  asc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  not,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPosted, post, untilFresh, type Posted, type RowChange } from '../ledger/index.ts';
import { turnOf, type ProductDeps } from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { monthOf } from '../programme/index.ts';
import { hashOfRows } from './batch-claims.ts';
import { billsById } from './bills.ts';
import { noteLeftBehind } from './note-left-behind.ts';
import type { Offset } from './offsets.ts';

/** More than any estate offsets in a month; what is over goes into the next batch. */
const MOST_OF_A_BATCH = 2_000;

/** What whoever hands over was shown: exactly that is handed over, or nothing. */
export type Seen = { count: number; valueFen: number };

type ExportDeps = Pick<ProductDeps, 'engine' | 'journal' | 'ids' | 'places' | 'clock'>;
type Exporting = { estate: string; actor: Actor; key: string; scope: string; seen?: Seen };
type Exported = { batch: string; posted: Posted };
/** `firm`: the place that its points pay. */
type HandedOver = Offset & { firm: string };

/** One that its resident cancels at this moment stays out, or stops what was shown; bills being taken in are taken in first. */
export function exportOffsets(deps: ExportDeps, input: Exporting): Promise<Exported | Problem> {
  return deps.engine.exclusively(turnOf(input.estate), async (engine) => {
    await noteLeftBehind({ ...deps, engine }, input.estate);
    return untilFresh(() => exportOnce({ ...deps, engine }, input));
  });
}

async function exportOnce(deps: ExportDeps, input: Exporting): Promise<Exported | Problem> {
  const { engine, places, clock } = deps;
  const { estate, seen } = input;
  const book = await places.bookOf(estate);
  if (book === undefined) return problem('not-found');
  const ask = { book, scope: input.scope, key: input.key, request: ['export-offsets', estate, seen ?? null] };
  const before = await findPosted(deps, ask);
  if (before) return isProblem(before) ? before : { batch: before.unit, posted: before };
  const held = await offsetsToHandOver(engine.db, engine.tables, { estate, now: clock() });
  if (held.length === 0) return problem('nothing-to-export');
  const { valueFen } = seenOf(held);
  if (seen && (seen.count !== held.length || seen.valueFen !== valueFen)) {
    return nowWaiting(held.length, formatYuan(valueFen));
  }
  const id = deps.ids();
  const now = clock();
  const prefix = `DC-${monthOf(now).slice(2).replace('-', '')}-`;
  const bills = await billsById(
    engine,
    held.map(({ bill }) => bill),
  );
  const rowsHash = hashOfRows(held, bills);
  const rows: RowChange[] = held.map(({ id: offset, version }) => {
    return { update: 'offsets', id: offset, version, set: { state: 'exported', export_batch: id } };
  });
  const posted = await post(deps, ask, {
    id,
    actor: input.actor,
    place: estate,
    commands: [],
    memoCommitment: rowsHash,
    number: { prefix, pad: 2, series: `export:${estate}:${prefix}` },
    rows: [
      ...rows,
      {
        insert: 'export_batches',
        values: {
          id,
          estate,
          number: { planned: 'number' },
          count: held.length,
          value_fen: valueFen,
          rows_hash: rowsHash,
          made_by: actorText(input.actor),
          created_at: now,
        },
      },
    ],
  });
  return isProblem(posted) ? posted : { batch: posted.unit, posted };
}

function nowWaiting(offsets: number, yuan: string): Problem {
  return problem('changed-meanwhile', {
    detail: {
      zh: `现在待导出的是 ${offsets} 张，共 ${yuan} 元，和刚才看到的不一样；还没有导出`,
      en: `${offsets} offsets of ${yuan} yuan wait now, which is not what was shown; nothing was handed over`,
    },
  });
}

/**
 * The offsets that are handed over next, all of one firm: the one that has waited longest. Where another firm has taken the
 * estate over, the offsets that pay the one before are a batch of their own. One whose hold has ended is not: its points go back with the next run of the job,
 * and the firm would post what nobody can take any more. Nor is one that a difference is open about: the firm posted it
 * without having it, and would post it once more. Nor one whose bill is another one by now, or has no room for it beside
 * what was received in money.
 */
export async function offsetsToHandOver(
  db: Engine['db'],
  tables: Engine['tables'],
  input: { estate: string; now: number },
): Promise<HandedOver[]> {
  const all = await offsetsWaiting(db, tables, input);
  return all.filter(({ firm }) => firm === all[0]?.firm);
}

/** The same of every firm that the estate has had. */
export async function offsetsWaiting(
  db: Engine['db'],
  tables: Engine['tables'],
  { estate, now, limit = MOST_OF_A_BATCH }: { estate: string; now: number; limit?: number },
): Promise<HandedOver[]> {
  const { offsets: t, holds, bills } = tables;
  const of = handingOverOf(db, tables, estate);
  const rows = await db
    .select({ offset: t, firm: holds.redeemer })
    .from(t)
    .innerJoin(holds, eq(holds.id, t.hold))
    .leftJoin(bills, eq(bills.id, t.bill))
    .where(and(of.held, gt(holds.endsAt, now), of.billStands, notInArray(t.id, of.disputed)))
    .orderBy(asc(t.id))
    .limit(limit);
  return rows.map(({ offset, firm }) => ({ ...offset, firm }));
}

function handingOverOf(db: Engine['db'], { offsets: t, bills, breaks: b }: Engine['tables'], estate: string) {
  const disputed = db
    .select({ id: b.offset })
    .from(b)
    .where(and(eq(b.estate, estate), eq(b.state, 'open'), isNotNull(b.offset)));
  const [other, issue] = [aliasedTable(t, 'others'), aliasedTable(bills, 'issues')];
  // Of the same line, whichever issue: what the firm has by now, and what goes before it.
  const before = db
    .select({ fen: sql`coalesce(sum(${other.valueFen}), 0)` })
    .from(other)
    .innerJoin(issue, eq(issue.id, other.bill))
    .where(
      and(
        ...[eq(issue.estate, bills.estate), eq(issue.house, bills.house)],
        ...[eq(issue.item, bills.item), eq(issue.period, bills.period)],
        or(inArray(other.state, ['exported', 'posted']), and(eq(other.state, 'held'), lt(other.id, t.id))),
      ),
    );
  const neededFen = sql<number>`${bills.paidFen} + ${t.valueFen} + (${before})`;
  const hasRoom = lte(neededFen, bills.amountFen);
  const billStands = or(isNull(bills.id), and(eq(bills.state, 'open'), hasRoom));
  return { held: and(eq(t.estate, estate), eq(t.state, 'held')), disputed, billStands, neededFen };
}

export const WHY_LEFT_OUT = ['reissued', 'cancelled', 'paid-first', 'difference'] as const;
export type LeftOut = { id: string; number: string; valueFen: number; why: (typeof WHY_LEFT_OUT)[number] };
/** So many are named; all are counted. */
const MOST_LEFT_OUT = 20;

/** What waits and is not handed over all the same, and why. */
export async function leftOutOfExport(
  { reader, tables }: Engine,
  { estate, now }: { estate: string; now: number },
): Promise<{ count: number; items: LeftOut[] }> {
  const { offsets: t, holds, bills } = tables;
  const of = handingOverOf(reader, tables, estate);
  const left = and(
    of.held,
    gt(holds.endsAt, now),
    or(not(of.billStands ?? sql`1`), inArray(t.id, of.disputed)),
  );
  const found = await reader
    .select({
      id: t.id,
      number: t.number,
      valueFen: t.valueFen,
      bill: bills,
      neededFen: of.neededFen.mapWith(Number),
    })
    .from(t)
    .innerJoin(holds, eq(holds.id, t.hold))
    .leftJoin(bills, eq(bills.id, t.bill))
    .where(left)
    .orderBy(asc(t.id))
    .limit(MOST_OF_A_BATCH);
  const items = found.slice(0, MOST_LEFT_OUT).map(({ bill, neededFen, ...offset }): LeftOut => {
    if (bill && bill.state !== 'open') return { ...offset, why: bill.state };
    const isPaid = bill !== null && neededFen > bill.amountFen;
    return { ...offset, why: isPaid ? 'paid-first' : 'difference' };
  });
  return { count: found.length, items };
}

/** What an export would hand over now, and can then no longer be cancelled. */
export async function waitingForExport(
  { reader, tables }: Engine,
  input: { estate: string; now: number },
): Promise<Seen & { firm?: string }> {
  const next = await offsetsToHandOver(reader, tables, input);
  const [first] = next;
  return { ...seenOf(next), ...(first && { firm: first.firm }) };
}

function seenOf(offsets: readonly Offset[]): Seen {
  return { count: offsets.length, valueFen: offsets.reduce((sum, { valueFen }) => sum + valueFen, 0) };
}

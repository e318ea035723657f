/** How far a place is with closing its months, and what the month holds that is closed next. */
import { and, asc, count, eq, inArray, isNotNull, isNull, min, sum } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { monthOf, periodOfMonth, type Instant, type Month } from '../programme/index.ts';
import { concessionOf } from './concession.ts';
import { IN_FORCE } from './left-to-pay.ts';
import { openBreaksOfMonth, type OpenBreaksOfMonth } from './open-breaks.ts';
import { nextToClose, type MonthsOfPlace } from './rules/month-order.ts';

type Sum = { count: number; valueFen: number };
type Stage = 'held' | 'exported' | 'posted';
/** Of each stage how many, and their value. */
export type OffsetsByStage = Readonly<Record<Stage, Sum>>;

export type OffsetsOfMonth = {
  /** Offsets that count against bills of the month, and their value. */
  count: number;
  valueFen: number;
  /** Those of them that the firm has not been given yet. */
  notHandedOver: number;
};
/** `over`: nothing new takes effect in it. */
export type NextClosure = {
  month: Month;
  over: boolean;
  offsets: OffsetsOfMonth;
  /** What the firm gives itself, of those that it has posted. */
  concessionFen: number;
  /** What was found when reconciling and nobody has resolved: closing is not stopped by it, and says it. */
  openBreaks: OpenBreaksOfMonth;
};

/** Which month of a place is closed next, and what closing it would lock. */
export async function nextClosure(engine: Engine, place: string, now: Instant): Promise<NextClosure> {
  const month = nextToClose(await monthsOfPlace(engine, place), monthOf(now));
  const offsets = await offsetsOfMonth(engine, place, month);
  const { offsets: t } = engine.tables;
  const { concessionFen } = await concessionOf(engine, and(eq(t.estate, place), eq(t.period, month)));
  const openBreaks = await openBreaksOfMonth(engine, { estate: place, month });
  return { month, over: now >= periodOfMonth(month).end, offsets, concessionFen, openBreaks };
}

/** The months of a place as they are now. */
export async function monthsOfPlace(engine: Engine, place: string): Promise<MonthsOfPlace> {
  const { closures: t } = engine.tables;
  const rows = await engine.db
    .select({ month: t.month })
    .from(t)
    .where(and(eq(t.place, place), eq(t.state, 'closed')));
  const closed = rows.map(({ month }) => month);
  return { closed, begins: closed.length > 0 ? undefined : await firstMonth(engine, place) };
}

/** A bill counts in the month that it is due in; one that was cancelled and an offset that went back leave nothing in theirs. */
async function firstMonth({ db, tables }: Engine, place: string): Promise<Month | undefined> {
  const { bills: b, offsets: o } = tables;
  const [bill] = await db
    .select({ period: b.period })
    .from(b)
    .where(and(eq(b.estate, place), eq(b.state, 'open'), isNull(b.dueIn)))
    .orderBy(asc(b.period))
    .limit(1);
  const [several] = await db
    .select({ period: min(b.dueIn) })
    .from(b)
    .where(and(eq(b.estate, place), eq(b.state, 'open'), isNotNull(b.periodTo), isNotNull(b.dueIn)));
  const [offset] = await db
    .select({ period: o.period })
    .from(o)
    .where(and(eq(o.estate, place), inArray(o.state, [...IN_FORCE])))
    .orderBy(asc(o.period))
    .limit(1);
  return [bill, several, offset]
    .flatMap((found) => found?.period ?? [])
    .sort()
    .at(0);
}

export async function offsetsOfMonth(engine: Engine, place: string, month: Month): Promise<OffsetsOfMonth> {
  const byStage = await offsetsByStage(engine, { estate: place, month });
  const found = Object.values(byStage);
  return {
    count: found.reduce((total, stage) => total + stage.count, 0),
    valueFen: found.reduce((total, stage) => total + stage.valueFen, 0),
    notHandedOver: byStage.held.count,
  };
}

/** The offsets of a month that count, by where they are: not handed over, in the firm's hands, posted. */
export async function offsetsByStage(
  { db, tables: { offsets: t } }: Engine,
  { estate, month }: { estate: string; month: Month },
): Promise<OffsetsByStage> {
  const rows = await db
    .select({ state: t.state, count: count(), valueFen: sum(t.valueFen) })
    .from(t)
    .where(and(eq(t.estate, estate), eq(t.period, month), inArray(t.state, [...IN_FORCE])))
    .groupBy(t.state);
  const of = (stage: Stage): Sum => {
    const row = rows.find(({ state }) => state === stage);
    return { count: row?.count ?? 0, valueFen: Number(row?.valueFen ?? 0) };
  };
  return { held: of('held'), exported: of('exported'), posted: of('posted') };
}

/** Of each of these months how many bills stand that are due in it, and how many offsets wait to be handed over or posted. */
export async function countsByMonth(
  { reader, tables: { bills: b, offsets: o } }: Engine,
  { estate, months }: { estate: string; months: readonly Month[] },
): Promise<{ bills: Map<Month, number>; held: Map<Month, number>; exported: Map<Month, number> }> {
  const own = await reader
    .select({ month: b.period, count: count() })
    .from(b)
    .where(and(eq(b.estate, estate), inArray(b.period, [...months]), eq(b.state, 'open'), isNull(b.dueIn)))
    .groupBy(b.period);
  const several = await reader
    .select({ month: b.dueIn, count: count() })
    .from(b)
    .where(
      and(
        ...[eq(b.estate, estate), isNotNull(b.periodTo)],
        ...[inArray(b.dueIn, [...months]), eq(b.state, 'open')],
      ),
    )
    .groupBy(b.dueIn);
  const offsets = await reader
    .select({ month: o.period, state: o.state, count: count() })
    .from(o)
    .where(and(eq(o.estate, estate), inArray(o.period, [...months]), inArray(o.state, ['held', 'exported'])))
    .groupBy(o.period, o.state);
  const byMonth = (rows: readonly { month: Month; count: number }[]) =>
    new Map(rows.map((row) => [row.month, row.count]));
  const inState = (stage: Stage) => byMonth(offsets.filter(({ state }) => state === stage));
  const bills = byMonth(own);
  for (const { month, count: more } of several)
    if (month !== null) bills.set(month, (bills.get(month) ?? 0) + more);
  return { bills, held: inState('held'), exported: inState('exported') };
}

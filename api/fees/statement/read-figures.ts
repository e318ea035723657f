/**
 * What the ledger says about an estate's offsets up to the end of a month: by when a transaction takes effect, as months
 * are locked. Offsets name their transactions; points and money are read from the entries of these alone. Several queries
 * read one moment: what was booked after `readThrough` is not there yet for any of them.
 */
import {
  aliasedTable,
  and,
  count,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  or,
  sql,
  sum,
  type Column,
  type SQL,
} from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Instant } from '../../programme/index.ts';
import { BOOK_SPAN, lastSeqBookedBy } from '../../ledger/index.ts';
import { stepsOfOffsets } from '../steps-of-offsets.ts';
import { figuresOf, type Carried, type Figures, type Money, type Step } from './figures.ts';
import { owedToFirms } from './owed-to-firms.ts';

export type MonthRead = {
  book: number;
  estate: string;
  /** Whoever serves the estate; it may have been paid ahead. */
  firm: string | undefined;
  start: Instant;
  end: Instant;
  /** The number in the book of the last transaction that counts. */
  readThrough: number;
  /** What the statement of the month before leaves; without it everything since the estate's first day is read. */
  carried?: Carried | undefined;
};
/** `since`: the last transaction before; none up to it takes effect within. */
type Span = { from: Instant; to: Instant; since: number };
type Of = ReturnType<typeof sourceOf>;

/** Whether what is asked for is making an offset, ending it, or taking back what was posted. */
type Deed = 'holdTransaction' | 'settledTransaction' | 'reversedTransaction';
const DEEDS: readonly Deed[] = ['holdTransaction', 'settledTransaction', 'reversedTransaction'];

export async function readFigures(engine: Engine, month: MonthRead): Promise<Figures> {
  const { start, end, carried } = month;
  const of = sourceOf(engine, month);
  const within = { from: start, to: end, since: await lastBefore(engine, month.book, start) };
  const firms = await firmsOwed(of, month.firm);
  const owedAt = (at: Instant) => owedToFirms(engine, { ...month, firms, at });
  const before = carried
    ? { ...carried, paidBefore: [] }
    : await sinceTheFirstDay(of, start, await owedAt(start));
  const captured = await capturedIn(of, within);
  return figuresOf({
    ...before,
    closing: await promisedAt(of, { at: end, since: await lastBefore(engine, month.book, end) }),
    points: (await Promise.all(DEEDS.map((deed) => pointsOf(of, deed, within)))).flat(),
    values: (await Promise.all(DEEDS.map((deed) => valuesOf(of, deed, within)))).flat(),
    captured,
    // Whatever is no longer owed was paid.
    paid: less([...before.owedBefore, ...captured], [...before.paidBefore, ...(await owedAt(end))]),
    borne: await borneIn(of, within),
  });
}

/** What the ledger has of all that was before the month. */
async function sinceTheFirstDay(of: Of, start: Instant, owed: readonly Money[]) {
  const owedBefore = await capturedIn(of, { from: 0, to: start, since: 0 });
  return {
    opening: await promisedAt(of, { at: start, since: 0 }),
    ...{ owedBefore, paidBefore: less(owedBefore, owed) },
  };
}

/** What is left of the one by the other, by firm and payer. */
function less(of: readonly Money[], by: readonly Money[]): Money[] {
  const left = new Map<string, Money>();
  const all = [...of, ...by.map(({ micro, ...owed }) => ({ ...owed, micro: -micro }))];
  for (const { firm, payer, micro } of all) {
    const key = JSON.stringify([firm, payer]);
    left.set(key, { firm, payer, micro: (left.get(key)?.micro ?? 0) + micro });
  }
  return [...left.values()].filter(({ micro }) => micro !== 0);
}

/** The last transaction that was booked before an instant: what takes effect from it on is a later one. */
async function lastBefore(engine: Engine, book: number, at: Instant): Promise<number> {
  return book * BOOK_SPAN + (await lastSeqBookedBy(engine, { book, at: at - 1 }));
}

function sourceOf(engine: Engine, { book, estate, readThrough }: MonthRead) {
  const { reader, tables } = engine;
  const { offsets: o, transactions: x, entries: e, accounts: a, assets: s, holds: h, funds: f } = tables;
  const entriesOf = and(gte(e.id, x.firstEntry), lt(e.id, sql`${x.firstEntry} + ${x.entryCount}`));
  const within = ({ from, to, since }: Span): SQL | undefined =>
    and(gt(x.id, since), gte(x.effectiveAt, from), lt(x.effectiveAt, to), lte(x.seq, readThrough));
  // The parts of an offset are made in one unit, and end in one: what is said of its own transactions holds for theirs.
  const stepsOf = (which: SQL | undefined) => stepsOfOffsets(engine, and(eq(o.estate, estate), which));
  return { reader, o, stepsOf, x, e, a, s, h, f, entriesOf, within, book, estate, readThrough };
}

/** What stands on paper and is neither posted nor given back at an instant. */
async function promisedAt(of: Of, { at, since }: { at: Instant; since: number }) {
  const { reader, o, stepsOf, x, e, a, s, entriesOf, estate, readThrough } = of;
  const end = aliasedTable(x, 'ended');
  const isEnd = (settled: Column | SQL.Aliased) => and(eq(end.id, settled), lte(end.seq, readThrough));
  // What was settled before then is not looked at.
  const unsettled = or(isNull(o.settledTransaction), gt(o.settledTransaction, since));
  const steps = stepsOf(unsettled);
  const open = and(
    ...[lt(x.effectiveAt, at), lte(x.seq, readThrough)],
    or(isNull(end.id), gte(end.effectiveAt, at)),
  );
  const points = await reader
    .select({ unit: s.unit, fund: s.fund, points: sum(e.amount).mapWith(Number) })
    .from(steps)
    .innerJoin(x, eq(x.id, steps.holdTransaction))
    .leftJoin(end, isEnd(steps.settledTransaction))
    .innerJoin(e, entriesOf)
    .innerJoin(a, and(eq(a.id, e.account), eq(a.role, 'held')))
    .innerJoin(s, eq(s.id, e.asset))
    .where(open)
    .groupBy(s.unit, s.fund);
  const values = await reader
    .select({ item: o.item, count: count(), valueFen: sum(o.valueFen).mapWith(Number) })
    .from(o)
    .innerJoin(x, eq(x.id, o.holdTransaction))
    .leftJoin(end, isEnd(o.settledTransaction))
    .where(and(eq(o.estate, estate), unsettled, open))
    .groupBy(o.item);
  return { points, values };
}

/** Points put aside, or ended, by unit and fund; what leaves `held` is counted as it leaves. */
async function pointsOf(of: Of, deed: Deed, span: Span) {
  const { reader, o, stepsOf, x, e, a, s, entriesOf, within } = of;
  const isBack = deed === 'reversedTransaction';
  const steps = stepsOf(gt(o[deed], span.since));
  const rows = await reader
    .select({ state: steps.state, unit: s.unit, fund: s.fund, points: sum(e.amount).mapWith(Number) })
    .from(steps)
    .innerJoin(x, eq(x.id, steps[deed]))
    .innerJoin(e, entriesOf)
    // What is taken back comes out of what was redeemed; all else goes into what is held, or leaves it.
    .innerJoin(a, and(eq(a.id, e.account), eq(a.role, isBack ? 'redeemed' : 'held')))
    .innerJoin(s, eq(s.id, e.asset))
    .where(within(span))
    .groupBy(steps.state, s.unit, s.fund);
  return rows.flatMap(({ state, unit, fund, points }) => {
    const moved = deed === 'holdTransaction' ? points : -points;
    return movementsOf(deed, state).map(({ step, sign }) => ({ step, unit, fund, points: sign * moved }));
  });
}

async function valuesOf({ reader, o, x, h, within, estate }: Of, deed: Deed, span: Span) {
  const rows = await reader
    .select({
      ...{ state: o.state, firm: h.redeemer, item: o.item },
      ...{ count: count(), valueFen: sum(o.valueFen).mapWith(Number) },
    })
    .from(o)
    .innerJoin(h, eq(h.id, o.hold))
    .innerJoin(x, eq(x.id, o[deed]))
    .where(and(eq(o.estate, estate), gt(o[deed], span.since), within(span)))
    .groupBy(o.state, h.redeemer, o.item);
  return rows.flatMap(({ state, count: many, valueFen, ...row }) =>
    movementsOf(deed, state).map(({ step, sign }) => ({
      ...{ step, ...row, count: sign * many, valueFen: sign * valueFen },
    })),
  );
}

/** What was posted and is taken back is posted no more, and given back: nothing is promised by it, before or after. */
function movementsOf(deed: Deed, state: string): { step: Step; sign: 1 | -1 }[] {
  if (deed === 'holdTransaction') return [{ step: 'made', sign: 1 }];
  if (deed === 'reversedTransaction')
    return [
      { step: 'posted', sign: -1 },
      { step: 'givenBack', sign: 1 },
    ];
  const wasPosted = state === 'posted' || state === 'reversed';
  return [{ step: wasPosted ? 'posted' : 'givenBack', sign: 1 }];
}

/** Every firm that offsets of the estate were made for, and the one that serves it. */
async function firmsOwed({ reader, o, h, estate }: Of, serving: string | undefined): Promise<string[]> {
  const rows = await reader
    .selectDistinct({ firm: h.redeemer })
    .from(o)
    .innerJoin(h, eq(h.id, o.hold))
    .where(eq(o.estate, estate));
  return [...new Set([...rows.map(({ firm }) => firm), ...(serving === undefined ? [] : [serving])])];
}

/** What each firm came to be owed, by who pays it; less what was taken back. */
async function capturedIn(of: Of, span: Span): Promise<Money[]> {
  const { reader, x, e, a, h, entriesOf, within } = of;
  const moved = await bothWays(of, span, (steps, transaction) =>
    reader
      .select({ firm: h.redeemer, payer: a.counterparty, micro: sum(e.amount).mapWith(Number) })
      .from(steps)
      .innerJoin(h, eq(h.id, steps.hold))
      .innerJoin(x, eq(x.id, transaction))
      .innerJoin(e, entriesOf)
      .innerJoin(a, and(eq(a.id, e.account), eq(a.role, 'receivable'), eq(a.owner, h.redeemer)))
      .where(within(span))
      .groupBy(h.redeemer, a.counterparty),
  );
  return moved.flat();
}

/** The same by the fund that bears it, whoever pays it out. */
async function borneIn(of: Of, span: Span): Promise<{ fund: string; micro: number }[]> {
  const { reader, x, e, a, f, entriesOf, within } = of;
  const moved = await bothWays(of, span, (steps, transaction) =>
    reader
      .select({ fund: f.id, micro: sum(e.amount).mapWith(Number) })
      .from(steps)
      .innerJoin(x, eq(x.id, transaction))
      .innerJoin(e, entriesOf)
      .innerJoin(a, and(eq(a.id, e.account), eq(a.role, 'payable')))
      .innerJoin(f, eq(f.id, a.owner))
      .where(within(span))
      .groupBy(f.id),
  );
  const borne = new Map<string, number>();
  for (const { fund, micro } of moved.flat()) borne.set(fund, (borne.get(fund) ?? 0) - micro);
  return [...borne].map(([fund, micro]) => ({ fund, micro }));
}

/** What is asked of the transactions by which offsets were posted, and of those by which some of them were taken back. */
function bothWays<Row>(
  { o, stepsOf }: Of,
  { since }: Span,
  ask: (steps: ReturnType<Of['stepsOf']>, transaction: SQL.Aliased | Column) => PromiseLike<Row[]>,
): Promise<Row[][]> {
  const posted = stepsOf(and(inArray(o.state, ['posted', 'reversed']), gt(o.settledTransaction, since)));
  const back = stepsOf(gt(o.reversedTransaction, since));
  return Promise.all([ask(posted, posted.settledTransaction), ask(back, back.reversedTransaction)]);
}

/**
 * An estate's bills of a month, by house and by how they stand, and what they add up to. The month is that in which they
 * are due, as everywhere: a year's bill stands in the list of one month, and its counters agree. Rows are found by index; what is asked beside it only leaves some of them out, so a search costs at most the month's lines.
 */
import { and, asc, count, desc, eq, lt, or, sql, sum, type SQL } from 'drizzle-orm';
import { beyond, type Engine } from '../db/index.ts';
import type { After } from '../platform/index.ts';
import type { Bill } from './bills.ts';
import { dueMonthIn } from './due-month-in.ts';
import { leftToPay, offsetOfLine } from './left-to-pay.ts';
import { houseNamed } from './house-named.ts';

/** `open` and `paid` are those that stand, with something to pay or with nothing. */
export type BillFilter = {
  estate: string;
  /** The month that they are due in. */
  period: string;
  /** As people write it: 3-2-0501, 3栋2单元, 0501. */
  house?: string;
  state?: 'open' | 'paid' | 'reissued' | 'cancelled';
};
export type BillTotals = {
  count: number;
  amountFen: number;
  paidFen: number;
  offsetFen: number;
  /** 多收: what single bills were paid beyond what they say; due − received − offset + this is what is to be paid. */
  overFen: number;
  toPayFen: number;
};

/** By house, the largest first, or the newest first. */
export const BILL_SORTS = ['newest', 'house', 'most'] as const;
export type BillSort = (typeof BILL_SORTS)[number];
type BillPage = BillFilter & { sort?: BillSort; before?: After; limit: number };

/** Where a page of bills ends, for the next one. */
export function billKey(sort: BillSort): (bill: Bill) => After {
  return ({ id, amountFen }) => ({ id, value: sort === 'most' ? amountFen : id });
}

/** After the bill `before` in the order that is asked for. */
export async function findBills(
  engine: Pick<Engine, 'reader' | 'tables'>,
  { before, limit, sort = 'newest', ...filter }: BillPage,
): Promise<Bill[]> {
  if (sort === 'house') return byHouse(engine, { ...filter, limit, ...(before && { before }) });
  const { bills: t } = engine.tables;
  const [later, order] =
    sort === 'most'
      ? [before && beyond([t.amountFen, t.id], [before.value, before.id], 'down'), [desc(t.amountFen)]]
      : [before && lt(t.id, String(before.id)), []];
  return engine.reader
    .select()
    .from(t)
    .where(and(matching(engine, filter), later))
    .orderBy(...order, desc(t.id))
    .limit(limit);
}

/** From house to house, each with its lines of the month: the first index gives the houses, the second their bills. */
async function byHouse(
  engine: Pick<Engine, 'reader' | 'tables'>,
  { before, limit, ...filter }: Omit<BillPage, 'sort'>,
): Promise<Bill[]> {
  const { bills: t, houses: h } = engine.tables;
  const [name, line] = [[h.building, h.unit, h.room] as const, [t.item, t.issue, t.id] as const];
  const last = before && (await namedBill(engine, { estate: filter.estate, bill: String(before.id) }));
  if (before && !last) return [];
  const { building = '', unit = '', room = '', item = '', issue = 0 } = last ?? {};
  const there = [building, unit, room];
  const within = [item, issue, String(before?.id)];
  const later =
    last && and(beyond(name, there, 'from'), or(beyond(name, there, 'up'), beyond(line, within, 'up')));
  const rows = await engine.reader
    .select({ bill: t })
    .from(h)
    // A cross join keeps SQLite from turning the two round; the condition is the same.
    .crossJoin(t)
    .where(and(eq(h.estate, filter.estate), eq(t.house, h.id), matching(engine, filter), later))
    .orderBy(...name.map((column) => asc(column)), ...line.map((column) => asc(column)))
    .limit(limit);
  return rows.map(({ bill }) => bill);
}

async function namedBill(
  { reader, tables: { bills: t, houses: h } }: Pick<Engine, 'reader' | 'tables'>,
  { estate, bill }: { estate: string; bill: string },
) {
  const [row] = await reader
    .select({ building: h.building, unit: h.unit, room: h.room, item: t.item, issue: t.issue })
    .from(t)
    .innerJoin(h, eq(h.id, t.house))
    .where(and(eq(t.id, bill), eq(t.estate, estate)));
  return row;
}

/**
 * Over those that stand: nobody owes a bill that was cancelled or issued anew. Of the bills that are due in a month, which
 * is how months are closed.
 */
export async function totalBills(
  engine: Pick<Engine, 'reader' | 'tables'>,
  filter: BillFilter,
): Promise<BillTotals> {
  const { bills: t } = engine.tables;
  const lines = engine.reader
    .select({
      amountFen: t.amountFen,
      paidFen: t.paidFen,
      offsetFen: offsetOfLine(engine.tables).as('offset_fen'),
      toPayFen: leftToPay(engine.tables).as('to_pay_fen'),
    })
    .from(t)
    .where(and(matching(engine, filter), eq(t.state, 'open')))
    .as('lines');
  const [row] = await engine.reader
    .select({
      count: count(),
      amountFen: sum(lines.amountFen).mapWith(Number),
      paidFen: sum(lines.paidFen).mapWith(Number),
      offsetFen: sum(lines.offsetFen).mapWith(Number),
      toPayFen: sum(lines.toPayFen).mapWith(Number),
    })
    .from(lines);
  const none = { amountFen: 0, paidFen: 0, offsetFen: 0, overFen: 0, toPayFen: 0 };
  if (!row || row.count === 0) return { count: 0, ...none };
  return { ...row, overFen: row.toPayFen - (row.amountFen - row.paidFen - row.offsetFen) };
}

function matching(
  { reader, tables }: Pick<Engine, 'reader' | 'tables'>,
  filter: BillFilter,
): SQL | undefined {
  const { bills: t } = tables;
  const { estate, period, state, house } = filter;
  const left = leftToPay(tables);
  const stands = state === 'paid' || state === 'open' ? 'open' : state;
  return and(
    eq(t.estate, estate),
    eq(dueMonthIn(t), period),
    stands === undefined ? undefined : eq(t.state, stands),
    state === 'open' ? sql`(${left}) > 0` : state === 'paid' ? sql`(${left}) = 0` : undefined,
    houseNamed({ reader, tables }, t.house, house),
  );
}

/**
 * An estate's bills of a month, by house and by how they stand, and what they add up to. Rows are found by the index of
 * estate and month; what is asked beside it only leaves some of them out, so a search costs at most the month's lines.
 */
import { and, count, desc, eq, exists, inArray, lt, or, sql, sum, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Bill } from './bills.ts';
import { leftToPay, offsetOfLine } from './left-to-pay.ts';
import { housePattern } from './rules/house-pattern.ts';

/** `open` and `paid` are those that stand, with something to pay or with nothing. */
export type BillFilter = {
  estate: string;
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
  toPayFen: number;
};

/** The newest first, before the bill `before`. */
export async function findBills(
  engine: Pick<Engine, 'reader' | 'tables'>,
  { before, limit, ...filter }: BillFilter & { before?: string; limit: number },
): Promise<Bill[]> {
  const { bills: t } = engine.tables;
  return engine.reader
    .select()
    .from(t)
    .where(and(matching(engine, filter), before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** Over those that stand: nobody owes a bill that was cancelled or issued anew. */
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
  const none = { amountFen: 0, paidFen: 0, offsetFen: 0, toPayFen: 0 };
  return row && row.count > 0 ? row : { count: 0, ...none };
}

function matching(
  { reader, tables }: Pick<Engine, 'reader' | 'tables'>,
  filter: BillFilter,
): SQL | undefined {
  const { bills: t, houses: h } = tables;
  const { estate, period, state, house = '' } = filter;
  const left = leftToPay(tables);
  const stands = state === 'paid' || state === 'open' ? 'open' : state;
  const named = housePattern(house).map((one) =>
    and(
      one.building === undefined ? undefined : eq(h.building, one.building),
      one.unit === undefined ? undefined : eq(h.unit, one.unit),
      one.rooms === undefined ? undefined : inArray(h.room, [...one.rooms]),
    ),
  );
  return and(
    eq(t.estate, estate),
    eq(t.period, period),
    stands === undefined ? undefined : eq(t.state, stands),
    state === 'open' ? sql`(${left}) > 0` : state === 'paid' ? sql`(${left}) = 0` : undefined,
    named.length === 0
      ? undefined
      : exists(
          reader
            .select({ id: h.id })
            .from(h)
            .where(and(sql`${h.id} = ${t.house}`, or(...named))),
        ),
  );
}

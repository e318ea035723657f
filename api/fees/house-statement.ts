/**
 * A house's bills over some months with what was offset on each, as of now (住户对账单). What was due before the month `since`
 * is of another household, and no part of it.
 */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { formatInstant } from '../platform/index.ts';
import { formatUppercase, formatYuan } from '../platform/money/index.ts';
import { dayOf, joinMonths, type Month } from '../programme/index.ts';
import { MOST_OF_A_HOUSE, type Bill } from './bills.ts';
import { IN_FORCE, leftOfBills } from './left-to-pay.ts';
import type { Offset } from './offsets.ts';
import { billLine } from './plan-bills.ts';
import { dueMonthOf } from './rules/bill-months.ts';
import { houseStatement } from './rules/house-statement.ts';

export async function statementOfHouse(
  engine: Engine,
  { house, from, to, now, since }: { house: string; from: Month; to: Month; now: number; since?: Month },
) {
  const { reader, tables } = engine;
  const { bills: t } = tables;
  const known = await reader.select().from(t).where(eq(t.house, house)).limit(MOST_OF_A_HOUSE);
  const all = since === undefined ? known : known.filter((bill) => dueMonthOf(bill) >= since);
  const open = all.filter(({ state }) => state === 'open');
  const ids = open.map(({ id }) => id);
  const left = await leftOfBills({ db: reader, tables }, ids);
  const bills = open
    .map((bill) => ({ ...bill, offsetFen: left.get(bill.id)?.offsetFen ?? 0 }))
    .toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
  const { lines, sums } = houseStatement(bills, { from, to });
  const offsets = await offsetsOfLines(engine, all, lines);
  return {
    ...{ from, to, asOf: formatInstant(now) },
    lines: lines.map((line) => ({
      ...{ bill: line.id, item: line.item, period: joinMonths(line), amount: formatYuan(line.amountFen) },
      ...{ paid: formatYuan(line.paidFen), offset: formatYuan(line.offsetFen) },
      toPay: formatYuan(line.toPayFen),
      offsets: (offsets.get(billLine(line)) ?? []).map(({ id, number, valueFen, createdAt, state }) => ({
        ...{ id, number, value: formatYuan(valueFen), uppercase: formatUppercase(valueFen) },
        ...{ on: dayOf(createdAt), state: state as 'held' | 'exported' | 'posted' },
      })),
    })),
    opening: formatYuan(sums.openingFen),
    billed: formatYuan(sums.billedFen),
    paid: formatYuan(sums.paidFen),
    offset: formatYuan(sums.offsetFen),
    over: formatYuan(sums.overFen),
    closing: formatYuan(sums.closingFen),
    uppercase: formatUppercase(sums.closingFen),
    later: formatYuan(sums.laterFen),
  };
}

const orderOf = (bill: Bill): string => `${dueMonthOf(bill)} ${bill.item}`;

/** Those in force, on whichever issue of each line. */
async function offsetsOfLines(
  { reader, tables: { offsets: t } }: Engine,
  all: readonly Bill[],
  lines: readonly Bill[],
): Promise<Map<string, Offset[]>> {
  const wanted = new Set(lines.map(billLine));
  const issues = new Map(
    all.filter((bill) => wanted.has(billLine(bill))).map((bill) => [bill.id, billLine(bill)]),
  );
  const found = new Map<string, Offset[]>();
  if (issues.size === 0) return found;
  const rows = await reader
    .select()
    .from(t)
    .where(and(inArray(t.bill, [...issues.keys()]), inArray(t.state, [...IN_FORCE])))
    .orderBy(asc(t.id));
  for (const row of rows) {
    const line = issues.get(row.bill) ?? '';
    found.set(line, [...(found.get(line) ?? []), row]);
  }
  return found;
}

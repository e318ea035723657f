/**
 * Bills for several months at once, such as a year paid ahead.
 *
 * Protects: such a bill is one line, named by its first month and counted once. Whatever goes by month (cut-off, cap,
 * arrears, turns, month close) goes by the one month that it is due in: that of the file's 截止日期, else its first.
 */
import { addMonths, type Month } from '../../programme/rules/index.ts';

type Months = { period: Month; periodTo?: Month | null | undefined };

/** The month that a bill is due in. */
export function dueMonthOf({ period, dueIn }: { period: Month; dueIn?: Month | null }): Month {
  return dueIn ?? period;
}

/** What a row of a file says of it, the first month as well; undefined where it says nothing, or is for one month. */
export function dueInOf(row: Months & { dueDate?: string }): Month | undefined {
  const month = row.dueDate?.slice(0, 7);
  if (!row.periodTo || month === undefined) return undefined;
  if (month <= row.period) return row.period;
  // Paid at the end of what it is for, at the latest.
  return month > row.periodTo ? row.periodTo : month;
}

/** Every month that a bill charges. */
export function monthsIn({ period, periodTo }: Months): Month[] {
  const months = [period];
  for (let last = period; periodTo && last < periodTo;) {
    last = addMonths(last, 1);
    months.push(last);
  }
  return months;
}

/** Whether two bills of one item charge some month twice. */
export function overlap(one: Months, other: Months): boolean {
  return one.period <= (other.periodTo ?? other.period) && other.period <= (one.periodTo ?? one.period);
}

type Line = Months & { house: string; item: string };

type Pair<Row, Other> = { row: Row; other: Row | Other };

/**
 * Every line of the file with each other one of its house and item that charges some of its months; bills for one month
 * never do. `replaced`: the bill of the same first month, whose place the line takes; of `both` each will be due.
 */
export function overlapping<Row extends Line, Other extends Line>(
  rows: readonly Row[],
  others: readonly Other[],
): Record<'replaced' | 'both', Pair<Row, Other>[]> {
  const found: Record<'replaced' | 'both', Pair<Row, Other>[]> = { replaced: [], both: [] };
  const several = [...rows, ...others].filter(({ periodTo }) => periodTo);
  if (several.length === 0) return found;
  const lineOf = ({ house, item }: Line) => `${house}|${item}`;
  const concerned = new Set(several.map(lineOf));
  const mine = rows.filter((row) => concerned.has(lineOf(row)));
  const byName = new Map(mine.map((row) => [`${lineOf(row)}|${row.period}`, row]));
  const stays = new Map<string, (Row | Other)[]>();
  for (const other of others) {
    const row = byName.get(`${lineOf(other)}|${other.period}`);
    if (row === undefined) add(stays, lineOf(other), other);
    else if (!isSame(row, other)) found.replaced.push({ row, other });
  }
  for (const row of mine) {
    for (const other of stays.get(lineOf(row)) ?? [])
      if (overlap(row, other)) found.both.push({ row, other });
    add(stays, lineOf(row), row);
  }
  return found;
}

function isSame(one: Months, other: Months): boolean {
  return one.period === other.period && (one.periodTo ?? null) === (other.periodTo ?? null);
}

function add<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

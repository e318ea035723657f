/**
 * What a house owes over some months, as of one moment. Pure.
 *
 * Protects: what was owed before + what was billed − what was paid − what was offset = what is still to pay, to the fen,
 * with what was paid too much said on a line of its own, and never a sum below nothing.
 */
import type { Month } from '../../programme/rules/index.ts';
import { dueMonthOf } from './bill-months.ts';

/** A bill in force, which counts in the month that it is due in. `offsetFen`: what is offset on any issue of its line. */
export type HouseBill = {
  id: string;
  period: Month;
  dueIn?: Month | null;
  amountFen: number;
  paidFen: number;
  offsetFen: number;
};
export type HouseSums = {
  /** Still to pay of bills of the months before. */
  openingFen: number;
  billedFen: number;
  paidFen: number;
  offsetFen: number;
  /** Received beyond what was due: the firm's to give back or to keep for the next bill. */
  overFen: number;
  closingFen: number;
  /** Still to pay of bills of later months, which `closingFen` leaves out. */
  laterFen: number;
};

export function houseStatement<Bill extends HouseBill>(
  bills: readonly Bill[],
  { from, to }: { from: Month; to: Month },
): { lines: (Bill & { toPayFen: number })[]; sums: HouseSums } {
  const openingFen = sumOf(
    bills.filter((bill) => dueMonthOf(bill) < from),
    leftOf,
  );
  const lines = bills
    .filter((bill) => from <= dueMonthOf(bill) && dueMonthOf(bill) <= to)
    .map((bill) => ({ ...bill, toPayFen: leftOf(bill) }));
  const billedFen = sumOf(lines, ({ amountFen }) => amountFen);
  const paidFen = sumOf(lines, (bill) => bill.paidFen);
  const offsetFen = sumOf(lines, (bill) => bill.offsetFen);
  const overFen = sumOf(lines, (bill) => Math.max(0, bill.paidFen + bill.offsetFen - bill.amountFen));
  const closingFen = openingFen + billedFen - paidFen - offsetFen + overFen;
  const laterFen = sumOf(
    bills.filter((bill) => dueMonthOf(bill) > to),
    leftOf,
  );
  return { lines, sums: { openingFen, billedFen, paidFen, offsetFen, overFen, closingFen, laterFen } };
}

function leftOf({ amountFen, paidFen, offsetFen }: HouseBill): number {
  return Math.max(0, amountFen - paidFen - offsetFen);
}

function sumOf<One>(rows: readonly One[], amountOf: (one: One) => number): number {
  return rows.reduce((sum, row) => sum + amountOf(row), 0);
}

/**
 * What a house owes over some months, as of one moment. Pure.
 *
 * Protects: what was owed before + what was billed − what was paid − what was offset = what is still to pay, to the fen,
 * with what was paid too much said on a line of its own, and never a sum below nothing.
 */
import type { Month } from '../../programme/rules/index.ts';

/** A bill in force. `offsetFen`: what is offset on any issue of its line. */
export type HouseBill = { id: string; period: Month; amountFen: number; paidFen: number; offsetFen: number };
export type HouseSums = {
  /** Still to pay of bills of the months before. */
  openingFen: number;
  billedFen: number;
  paidFen: number;
  offsetFen: number;
  /** Received beyond what was due: the firm's to give back or to keep for the next bill. */
  overFen: number;
  closingFen: number;
};

export function houseStatement<Bill extends HouseBill>(
  bills: readonly Bill[],
  { from, to }: { from: Month; to: Month },
): { lines: (Bill & { toPayFen: number })[]; sums: HouseSums } {
  const openingFen = sumOf(
    bills.filter(({ period }) => period < from),
    leftOf,
  );
  const lines = bills
    .filter(({ period }) => from <= period && period <= to)
    .map((bill) => ({ ...bill, toPayFen: leftOf(bill) }));
  const billedFen = sumOf(lines, ({ amountFen }) => amountFen);
  const paidFen = sumOf(lines, (bill) => bill.paidFen);
  const offsetFen = sumOf(lines, (bill) => bill.offsetFen);
  const overFen = sumOf(lines, (bill) => Math.max(0, bill.paidFen + bill.offsetFen - bill.amountFen));
  const closingFen = openingFen + billedFen - paidFen - offsetFen + overFen;
  return { lines, sums: { openingFen, billedFen, paidFen, offsetFen, overFen, closingFen } };
}

function leftOf({ amountFen, paidFen, offsetFen }: HouseBill): number {
  return Math.max(0, amountFen - paidFen - offsetFen);
}

function sumOf<One>(rows: readonly One[], amountOf: (one: One) => number): number {
  return rows.reduce((sum, row) => sum + amountOf(row), 0);
}

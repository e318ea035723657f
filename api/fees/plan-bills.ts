/**
 * What a file of bills changes. Pure.
 *
 * Protects: a bill line is its house, item and month. The same line with another amount is a new issue of the bill and
 * the old one stays on record (trap 12); the same amount again is no change, only what has been paid may be news.
 */
import type { Month } from '../programme/index.ts';
import type { BillRow } from './files/bills.ts';
import { dueInOf, dueMonthOf } from './rules/bill-months.ts';
import type { PaidWas } from './rules/received-since.ts';

export type KnownBill = {
  id: string;
  house: string;
  item: string;
  period: string;
  /** The last month of a bill for several, and the month it is due in where that is not its first. */
  periodTo: string | null;
  dueIn: string | null;
  issue: number;
  amountFen: number;
  paidFen: number;
  paidWas?: PaidWas | null;
  pastDueFen: number | null;
  state: 'open' | 'reissued' | 'cancelled';
};
/** A line with its house, which a new bill is to be made of, and the issue before it, if any. */
export type NewBill = { row: BillRow; house: string; issue: number; before?: KnownBill };
export type BillChanges = {
  added: NewBill[];
  /** Old issues, which a new one replaces. */
  reissued: string[];
  /** A line that now says 0.00. */
  cancelled: string[];
  /** Bills whose payments or past dues are news. */
  updated: {
    id: string;
    paidFen: number;
    pastDueFen: number | null;
    dueIn?: string | null;
    saysPastDue: boolean;
    /** Where what is paid is the news. */
    before: KnownBill | undefined;
  }[];
  unchanged: number;
};

export function billLine(bill: Line): string {
  return `${bill.house}|${bill.item}|${bill.period}`;
}

type Line = Pick<KnownBill, 'house' | 'item' | 'period'>;

/** Something for each bill line. Only the house differs from row to row: a key of all three would cost more than the rest. */
export class ByLine<Value> {
  readonly #groups = new Map<string, Map<string, Value>>();

  get({ item, period, house }: Line): Value | undefined {
    return this.#groups.get(`${item}|${period}`)?.get(house);
  }

  set({ item, period, house }: Line, value: Value): void {
    const key = `${item}|${period}`;
    const group = this.#groups.get(key) ?? new Map<string, Value>();
    this.#groups.set(key, group.set(house, value));
  }
}

/** `rows` with the house found for each; `known`: every issue of the file's months. */
export function planBills(
  rows: readonly { row: BillRow; house: string }[],
  known: readonly KnownBill[],
): BillChanges {
  const newest = new ByLine<KnownBill>();
  for (const bill of known) if (bill.issue > (newest.get(bill)?.issue ?? 0)) newest.set(bill, bill);
  const changes: BillChanges = { added: [], reissued: [], cancelled: [], updated: [], unchanged: 0 };
  for (const { row, house } of rows) {
    const { item, period, amountFen } = row;
    const before = newest.get({ house, item, period });
    if (before?.state === 'open' && before.amountFen === amountFen && sameMonths(before, row))
      takeNews(before, row, changes);
    else if (amountFen === 0) cancel(before, row, changes);
    else {
      if (before?.state === 'open') changes.reissued.push(before.id);
      const issue = (before?.issue ?? 0) + 1;
      changes.added.push({ row, house, issue, ...(before && { before }) });
    }
  }
  return changes;
}

/** The month that a new bill is due in: a file without due dates leaves a bill that is issued anew where it was. */
export function dueMonthOfNew({ row, before }: Pick<NewBill, 'row' | 'before'>): Month {
  const was = before?.state === 'open' && sameMonths(before, row) ? dueMonthOf(before) : row.period;
  return dueInOf(row) ?? was;
}

/** What is stored of a new bill, beside its id and where it came from. What the file does not say stands as it was. */
export function billOf(bill: NewBill) {
  const { row, house, issue, before } = bill;
  const {
    item,
    period,
    periodTo = null,
    amountFen,
    billNumber: number = '',
    paidFen = before?.paidFen ?? 0,
    pastDueFen = before?.pastDueFen ?? null,
  } = row;
  const months = { period, periodTo, dueIn: kept(dueMonthOfNew(bill), period) };
  return { house, item, ...months, issue, number, amountFen, paidFen, pastDueFen, state: 'open' as const };
}

/** A file that says nothing of payments takes nothing back that an earlier one said. */
function takeNews(bill: KnownBill, row: BillRow, changes: BillChanges): void {
  const paidFen = row.paidFen ?? bill.paidFen;
  const pastDueFen = row.pastDueFen ?? bill.pastDueFen;
  const dueIn = dueInOf(row) ?? dueMonthOf(bill);
  const isDueThen = dueIn === dueMonthOf(bill);
  if (paidFen === bill.paidFen && pastDueFen === bill.pastDueFen && isDueThen) changes.unchanged += 1;
  else {
    const saysPastDue = row.pastDueFen !== undefined;
    const due = isDueThen ? {} : { dueIn: kept(dueIn, bill.period) };
    const before = paidFen === bill.paidFen ? undefined : bill;
    changes.updated.push({ id: bill.id, paidFen, pastDueFen, ...due, saysPastDue, before });
  }
}

/** Stored only where it is another than the first month. */
function kept(dueIn: string, period: string): string | null {
  return dueIn === period ? null : dueIn;
}

function sameMonths({ periodTo }: KnownBill, row: BillRow): boolean {
  return periodTo === (row.periodTo ?? null);
}

function cancel(bill: KnownBill | undefined, row: BillRow, changes: BillChanges): void {
  // A 0.00 of January says nothing of the year that is billed at once.
  if (bill?.state === 'open' && sameMonths(bill, row)) changes.cancelled.push(bill.id);
  else if (bill?.state === 'open' || !row.isNil) changes.unchanged += 1;
}

/**
 * What a house owes from before a bill's month.
 *
 * Protects: points put against an earlier bill reduce what is owed of it, whichever issue of it they were put against, and
 * until the firm has them in its own figure. A resident who has done all they can is not refused for the firm's delay.
 */
import { addMonths, type Day, type Month } from '../../programme/rules/index.ts';
import { dueMonthOf } from './bill-months.ts';

export type Issue = {
  id: string;
  item: string;
  period: Month;
  /** Where it is due in another month than its own: a bill for several. */
  dueIn?: Month | null;
  state: 'open' | 'reissued' | 'cancelled';
  amountFen: number;
  paidFen: number;
};

export type Owed = {
  /** The month that the bill is due in. */
  before: Month;
  /** Every issue of every bill of the house. */
  issues: readonly Issue[];
  /** What is offset on each issue and still counts, by its id. */
  offsetFen: ReadonlyMap<string, number>;
  /** What the firm says in its file, and which offsets on earlier bills, and money, it cannot have counted in it. */
  said: { pastDueFen: number; notCountedFen: number; receivedFen?: number } | undefined;
  /** The first month that is the household's (`firstMonthOf`); what is due before is the seller's. */
  from?: Month;
};

/** A house sold within a month: what is left of that month's bills may be the seller's, and keeps the buyer from nothing. */
export function firstMonthOf(since: Day): Month {
  const month = since.slice(0, 7);
  return since.endsWith('-01') ? month : addMonths(month, 1);
}

/** As the firm says, less what it did not know of; or else what the earlier bills leave unpaid. */
export function arrearsOf({ before, issues, offsetFen, said, from = '' }: Owed): number {
  // The firm counts by houses: what its own bills leave unpaid of the seller's months is in its figure.
  if (said && before <= from) return 0;
  const sellersFen =
    said && from !== '' ? arrearsOf({ before: from, issues, offsetFen, said: undefined }) : 0;
  if (said) return Math.max(0, said.pastDueFen - said.notCountedFen - (said.receivedFen ?? 0) - sellersFen);
  const offsets = new Map<string, number>();
  const concerned = issuesBefore(before, issues);
  for (const issue of concerned) {
    const line = lineOf(issue);
    offsets.set(line, (offsets.get(line) ?? 0) + (offsetFen.get(issue.id) ?? 0));
  }
  return concerned
    .filter((issue) => issue.state === 'open' && dueMonthOf(issue) < before && dueMonthOf(issue) >= from)
    .reduce((sum, bill) => {
      const left = bill.amountFen - bill.paidFen - (offsets.get(lineOf(bill)) ?? 0);
      return sum + Math.max(0, left);
    }, 0);
}

/** Every issue of the lines that are due before a month: an older issue may have been due in another one. */
export function issuesBefore<One extends Issue>(before: Month, issues: readonly One[]): One[] {
  const lines = new Set(
    issues.filter((issue) => issue.state !== 'reissued' && dueMonthOf(issue) < before).map(lineOf),
  );
  return issues.filter((issue) => lines.has(lineOf(issue)));
}

const lineOf = ({ item, period }: Issue): string => `${period}|${item}`;

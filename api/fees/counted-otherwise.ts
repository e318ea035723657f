/**
 * A household's cap is counted under the day since when it owns the house, and the month that the bill was due in. Protects:
 * nobody has a month's cap twice because that day was not written down yet when they offset, or was corrected since, or
 * because the firm moved the month that a bill is due in.
 */
import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { dayOf, startOfDay, type Day, type Month } from '../programme/index.ts';
import type { Bill } from './bills.ts';
import { IN_FORCE } from './left-to-pay.ts';
import { billLine } from './plan-bills.ts';
import { dueMonthOf } from './rules/bill-months.ts';

type Counted = {
  house: string;
  period: Month;
  /** Undefined where the household is known as the first. */
  since: Day | undefined;
  /** Every issue of every bill of the house. */
  issues: readonly Bill[];
};

/**
 * In fen, what the same household has offset of bills that are due in a month and is counted under another key; less what is
 * counted under this one and due in another month by now.
 */
export async function countedOtherwise(
  { db, tables: { offsets: t, residencies: r } }: Engine,
  { house, period, since, issues }: Counted,
): Promise<number> {
  const dueNow = dueMonths(issues);
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  const made = await db
    .select({
      ...{ bill: t.bill, member: t.member, createdAt: t.createdAt, valueFen: t.valueFen },
      ...{ period: t.period, householdSince: t.householdSince },
    })
    .from(t)
    .where(and(inArray(t.bill, [...byId.keys()]), inArray(t.state, [...IN_FORCE])));
  let sumFen = 0;
  for (const { bill, member, createdAt, valueFen, householdSince, ...of } of made) {
    const issue = byId.get(bill);
    const isDue = (issue ? dueNow(issue) : of.period) === period;
    const isCounted = of.period === period && (householdSince ?? undefined) === since;
    if (isDue === isCounted) continue;
    if (isCounted) {
      sumFen -= valueFen;
      continue;
    }
    if (since !== undefined && createdAt < startOfDay(since)) continue;
    const day = dayOf(createdAt);
    // As it is known today: who offset on the day of a sale that was written down later was the seller.
    const [theirs] = await db
      .select({ id: r.id })
      .from(r)
      .where(
        and(
          ...[eq(r.house, house), eq(r.person, member), lte(r.since, day)],
          or(isNull(r.until), gt(r.until, day)),
        ),
      )
      .limit(1);
    if (theirs) sumFen += valueFen;
  }
  return sumFen;
}

/** The month that a line is due in by its newest issue, whichever issue is asked about. */
function dueMonths(issues: readonly Bill[]): (issue: Bill) => Month {
  const newest = new Map<string, Bill>();
  for (const issue of issues)
    if (issue.issue > (newest.get(billLine(issue))?.issue ?? 0)) newest.set(billLine(issue), issue);
  return (issue) => dueMonthOf(newest.get(billLine(issue)) ?? issue);
}

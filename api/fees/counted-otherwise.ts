/**
 * A household's cap is counted under the day since when it owns the house, and under the month that the bill was due in when
 * it was offset. Protects: nobody has a month's cap twice because that day was not written down yet, or was corrected since,
 * or because the firm moved the due date of a year's bill; nor does such a bill fill the cap of a month that it has left.
 */
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { dayOf, startOfDay, type Day, type Month } from '../programme/index.ts';
import type { Bill, InForce } from './bills.ts';
import { billLine } from './plan-bills.ts';
import { dueMonthOf } from './rules/bill-months.ts';

type Of = {
  house: string;
  /** Every issue of every bill of the house, and what is offset on them. */
  issues: readonly Bill[];
  offsets: readonly InForce[];
  period: Month;
  /** Undefined where it is known as the first. */
  since: Day | undefined;
};

/**
 * What the same household has offset of bills due in a month and that is counted elsewhere, less what is counted there of
 * bills due elsewhere by now, in fen.
 */
export async function countedOtherwise(
  engine: Engine,
  { house, issues, offsets, period, since }: Of,
): Promise<number> {
  const dueNow = dueMonths(issues);
  let sumFen = 0;
  for (const { bill, period: counted, householdSince, member, createdAt, valueFen } of offsets) {
    const isSame = householdSince === (since ?? null);
    if (isSame && counted === period) sumFen -= valueFen;
    if ((dueNow.get(bill) ?? counted) !== period) continue;
    const isSellers = since !== undefined && createdAt < startOfDay(since);
    if (isSame || (!isSellers && (await livedThere(engine, { house, member, day: dayOf(createdAt) }))))
      sumFen += valueFen;
  }
  return sumFen;
}

/** The month that the line of each issue is due in; an issue whose line nobody has to pay any more has none. */
function dueMonths(issues: readonly Bill[]): Map<string, Month> {
  const open = new Map<string, Month>();
  for (const bill of issues) if (bill.state === 'open') open.set(billLine(bill), dueMonthOf(bill));
  return new Map(
    issues.flatMap((bill) => {
      const due = open.get(billLine(bill));
      return due === undefined ? [] : [[bill.id, due] as const];
    }),
  );
}

/** As it is known today: who offset on the day of a sale that was written down later was the seller. */
async function livedThere(
  { db, tables: { residencies: r } }: Engine,
  { house, member, day }: { house: string; member: string; day: Day },
): Promise<boolean> {
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
  return theirs !== undefined;
}

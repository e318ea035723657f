/** Bill lines as kept, with what points have paid of them. */
import { and, asc, desc, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Month } from '../programme/index.ts';
import { dueMonthIn } from './due-month-in.ts';
import { IN_FORCE } from './left-to-pay.ts';
import { billLine } from './plan-bills.ts';

export type Bill = NonNullable<Awaited<ReturnType<typeof findBill>>>;

export async function findBill({ db, tables: { bills } }: Engine, id: string) {
  const [row] = await db.select().from(bills).where(eq(bills.id, id));
  return row;
}

/** Bills of a house; the newest first, before the bill `before`, and due in the month `since` or later. */
export async function listBills(
  { reader, tables: { bills: t } }: Engine,
  { house, before, since, limit }: { house: string; before?: string; since?: Month; limit: number },
): Promise<Bill[]> {
  const later = since === undefined ? undefined : gte(dueMonthIn(t), since);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.house, house), before === undefined ? undefined : lt(t.id, before), later))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** A house has a few lines a month; this is more than a lifetime of them. */
export const MOST_OF_A_HOUSE = 5_000;

/** Every bill of a house with what is offset on it: for arrears, and for offsets on an earlier issue of a line. */
export async function billsOfHouse({ db, tables: { bills: t } }: Engine, house: string): Promise<Bill[]> {
  return db.select().from(t).where(eq(t.house, house)).limit(MOST_OF_A_HOUSE);
}

/** For each of these bills that the firm issued anew, the newest issue of its line. */
export async function newestIssues(
  { reader, tables: { bills: t } }: Engine,
  bills: readonly Bill[],
): Promise<Map<string, string>> {
  const old = bills.filter(({ state }) => state === 'reissued');
  const found = new Map<string, string>();
  if (old.length === 0) return found;
  const rows = await reader
    .select({ id: t.id, house: t.house, item: t.item, period: t.period })
    .from(t)
    .where(
      and(
        inArray(t.house, [...new Set(old.map(({ house }) => house))]),
        inArray(t.period, [...new Set(old.map(({ period }) => period))]),
      ),
    )
    .orderBy(asc(t.issue));
  const newest = new Map(rows.map((row) => [billLine(row), row.id]));
  for (const bill of old) {
    const id = newest.get(billLine(bill));
    if (id !== undefined) found.set(bill.id, id);
  }
  return found;
}

export type InForce = Awaited<ReturnType<typeof offsetsInForce>>[number];

/** The offsets on these bills that still count. */
export async function offsetsInForce({ db, tables: { offsets: t } }: Engine, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { bill, number, valueFen, period, householdSince, member, createdAt } = t;
  return db
    .select({ bill, number, valueFen, period, householdSince, member, createdAt })
    .from(t)
    .where(and(inArray(t.bill, [...ids]), inArray(t.state, [...IN_FORCE])));
}

/** When the file came that a bill has its figures from. */
export async function findImportedAt(
  { db, tables: { imports: t } }: Engine,
  id: string,
): Promise<number | undefined> {
  const [row] = await db.select({ at: t.createdAt }).from(t).where(eq(t.id, id));
  return row?.at;
}

/**
 * What is offset on these bills and the firm had not counted by a day: it has not posted it at all as far as it said, or
 * its list says that it posted it later.
 */
export async function offsetNotCounted(
  { db, tables: { offsets: t, postedRows: p } }: Engine,
  { bills, day }: { bills: readonly string[]; day: string },
): Promise<number> {
  if (bills.length === 0) return 0;
  const rows = await db
    .select({ id: t.id, state: t.state, valueFen: t.valueFen, postedOn: p.postedOn })
    .from(t)
    .leftJoin(p, and(eq(p.matchedOffset, t.id), eq(p.state, 'posted')))
    .where(and(inArray(t.bill, [...bills]), inArray(t.state, ['held', 'exported', 'posted'])));
  // Later lists may have the same offset once more: what counts is the first.
  const counted = new Set(
    rows.flatMap(({ id, state, postedOn }) =>
      state === 'posted' && (postedOn === null || postedOn <= day) ? [id] : [],
    ),
  );
  const left = rows.filter(({ id }) => !counted.has(id));
  return [...new Map(left.map(({ id, valueFen }) => [id, valueFen])).values()].reduce((a, b) => a + b, 0);
}

/** Of these ids. */
export async function billsById({ reader, tables: { bills: t } }: Engine, ids: readonly string[]) {
  const found = new Map<string, Bill>();
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await reader
      .select()
      .from(t)
      .where(inArray(t.id, ids.slice(at, at + 500)));
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

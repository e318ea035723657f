/** A merchant's purchases and redemptions, the day's totals, and what this module knows of transactions. */
import { and, count, desc, eq, gte, inArray, lt, or, sql, type Column } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firstIdAt } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { endOfDay, startOfDay, type Explanation } from '../programme/index.ts';

export type PurchaseRow = Awaited<ReturnType<typeof listPurchases>>[number];
export type RedemptionRow = Awaited<ReturnType<typeof listRedemptions>>[number];
type PlacePage = { place: string; day?: string | undefined; before?: string; limit: number };

/** Newest first, of one day or of all, before the row `before`. */
export async function listPurchases({ reader, tables: { purchases: t } }: Engine, input: PlacePage) {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, input.place), onDay(t.id, input.day), before(t.id, input.before)))
    .orderBy(desc(t.id))
    .limit(input.limit);
}

/** Newest first, of one day or of all, before the row `before`. */
export async function listRedemptions({ reader, tables: { redemptions: t } }: Engine, input: PlacePage) {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, input.place), onDay(t.id, input.day), before(t.id, input.before)))
    .orderBy(desc(t.id))
    .limit(input.limit);
}

export type DayTotals = {
  day: string;
  purchases: number;
  amountFen: number;
  pointsGiven: number;
  redemptions: number;
  pointsTaken: number;
};

/** 今日小结, or an earlier day's: what counts, without what was undone. */
export async function totalsOfDay(
  { reader, tables }: Engine,
  input: { place: string; day: string },
): Promise<DayTotals> {
  const { purchases: p, redemptions: r } = tables;
  const { place, day } = input;
  const sum = (column: typeof p.points | typeof p.amountFen | typeof r.points) =>
    sql<number>`cast(coalesce(sum(${column}), 0) as bigint)`.mapWith(Number);
  const [bought] = await reader
    .select({ count: count(), amountFen: sum(p.amountFen), points: sum(p.points) })
    .from(p)
    .where(and(eq(p.place, place), onDay(p.id, day), eq(p.state, 'credited')));
  const [taken] = await reader
    .select({ count: count(), points: sum(r.points) })
    .from(r)
    .where(and(eq(r.place, place), onDay(r.id, day), eq(r.state, 'taken')));
  return {
    day,
    purchases: bought?.count ?? 0,
    amountFen: bought?.amountFen ?? 0,
    pointsGiven: bought?.points ?? 0,
    redemptions: taken?.count ?? 0,
    pointsTaken: taken?.points ?? 0,
  };
}

/** Ids begin with their time, so a day of Shanghai is a range of them, which the index by place and id finds. */
function onDay(id: Column, day: string | undefined) {
  return day === undefined
    ? undefined
    : and(gte(id, firstIdAt(startOfDay(day))), lt(id, firstIdAt(endOfDay(day))));
}

function before(id: Column, last: string | undefined) {
  return last === undefined ? undefined : lt(id, last);
}

export async function explainShop(
  { reader, tables }: Engine,
  transactions: readonly number[],
): Promise<Map<number, Explanation>> {
  const found = new Map<number, Explanation>();
  if (transactions.length === 0) return found;
  const { purchases: p, redemptions: r, codes } = tables;
  const ids = [...transactions];
  const bought = await reader
    .select()
    .from(p)
    .where(or(inArray(p.transaction, ids), inArray(p.takenBackTransaction, ids)));
  for (const row of bought) {
    const amount = formatYuan(row.amountFen);
    const about = {
      kind: 'purchase' as const,
      steps: row.steps as unknown as Explanation['steps'],
      ruleVersion: row.ruleVersion,
    };
    set(row.transaction, {
      ...about,
      zh: `消费 ${amount} 元`,
      en: `Purchase of ${amount} yuan`,
      maker: row.clerk,
      checker: null,
    });
    const by = row.takenBackBy ?? row.clerk;
    set(row.takenBackTransaction, {
      ...about,
      zh: `退货 ${amount} 元`,
      en: `Refund of ${amount} yuan`,
      maker: by,
      checker: null,
    });
  }
  const redeemed = await reader
    .select({ row: r, actedBy: codes.actedBy })
    .from(r)
    .leftJoin(codes, eq(codes.id, r.code))
    .where(or(inArray(r.transaction, ids), inArray(r.undoneTransaction, ids)));
  for (const { row, actedBy } of redeemed) {
    const about = { kind: 'redemption' as const, steps: [], ruleVersion: null, checker: null };
    set(row.transaction, {
      ...about,
      zh: `兑换：${row.goods}`,
      en: `Redeemed: ${row.goods}`,
      maker: row.clerk,
      ...(actedBy && { actedBy }),
    });
    const by = row.undoneBy ?? row.clerk;
    set(row.undoneTransaction, {
      ...about,
      zh: `撤销兑换：${row.goods}`,
      en: `Undone: ${row.goods}`,
      maker: by,
    });
  }
  return found;

  function set(transaction: number | null, explanation: Explanation): void {
    if (transaction !== null) found.set(transaction, explanation);
  }
}

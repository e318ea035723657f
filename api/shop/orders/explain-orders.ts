/** "Why did I get this" for orders: points that were set aside for one, and what came back of it. */
import { inArray, or } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Explanation } from '../../programme/index.ts';
import { wordsOf } from '../rules/basket.ts';

const LENGTH = 60;

/** A pick-up is a redemption, and explained as one; so is the last step of an order that ended with it. */
export async function explainOrder(
  { reader, tables }: Engine,
  transactions: readonly number[],
): Promise<Map<number, Explanation>> {
  const found = new Map<number, Explanation>();
  if (transactions.length === 0) return found;
  const { orders: t, orderLines: l, redemptions: r } = tables;
  const ids = [...transactions];
  const rows = await reader
    .select()
    .from(t)
    .where(or(inArray(t.holdTransaction, ids), inArray(t.settledTransaction, ids)));
  if (rows.length === 0) return found;
  const of = rows.map(({ id }) => id);
  const [lines, pickUps] = [
    await reader.select().from(l).where(inArray(l.ofOrder, of)),
    await reader.select({ id: r.transaction }).from(r).where(inArray(r.transaction, ids)),
  ];
  const collected = new Set(pickUps.map(({ id }) => id));
  for (const { id, member, actedBy, holdTransaction, settledTransaction, state, settledBy, reason } of rows) {
    const own = lines
      .filter(({ ofOrder, insteadOf }) => ofOrder === id && insteadOf === null)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const what = wordsOf(own, LENGTH);
    const about = { kind: 'order' as const, steps: [], ruleVersion: null, checker: null };
    const maker = `person:${member}`;
    const placed = { zh: `下单：${what}`, en: `Ordered: ${what}` };
    if (holdTransaction !== null)
      found.set(holdTransaction, { ...about, ...placed, maker, ...(actedBy && { actedBy }) });
    if (settledTransaction === null || collected.has(settledTransaction)) continue;
    const why = reason === null ? '' : `（${reason}）`;
    const ended =
      state === 'expired'
        ? { zh: `订单过期没取，积分退回：${what}`, en: `Not fetched in time, given back: ${what}` }
        : { zh: `订单取消，积分退回${why}：${what}`, en: `Order called off, given back: ${what}` };
    found.set(settledTransaction, { ...about, ...ended, maker: settledBy ?? maker });
  }
  return found;
}

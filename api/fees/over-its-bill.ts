/** For `verify`: offsets that were taken above what their rule lets points pay of the bill, as it was issued by then. */
import { aliasedTable, and, asc, eq, gte, inArray, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { mostByRule } from './most-by-rule.ts';
import type { Offset } from './offsets.ts';

type Posted = Pick<Offset, 'id' | 'valueFen' | 'ruleVersion'>;

const AT_ONCE = 500;

export async function overItsBill(
  engine: Engine,
  offsets: readonly Posted[],
): Promise<Map<string, { zh: string; en: string }>> {
  const found = new Map<string, { zh: string; en: string }>();
  const most = mostByRule(engine);
  for (let at = 0; at < offsets.length; at += AT_ONCE) {
    const some = offsets.slice(at, at + AT_ONCE);
    const bills = await billsAtCapture(
      engine,
      some.map(({ id }) => id),
    );
    for (const { id, valueFen, ruleVersion } of some) {
      const bill = bills.get(id);
      const mostFen = bill && (await most({ item: bill.item, ruleVersion }, bill));
      if (mostFen === undefined || valueFen <= mostFen) continue;
      const [value, whole, allowed] = [valueFen, bill?.amountFen ?? 0, mostFen].map(formatYuan);
      found.set(id, {
        zh: `入账时账单是 ${whole} 元，按规则最多抵 ${allowed} 元，却抵了 ${value} 元`,
        en: `its bill was ${whole} when it was posted, of which its rule lets points pay ${allowed}; ${value} were taken`,
      });
    }
  }
  return found;
}

/** The newest issue of each one's bill line that was there when its points were taken. */
async function billsAtCapture({ reader, tables }: Engine, ids: readonly string[]) {
  const { offsets: o, bills: b, transactions: x } = tables;
  const issue = aliasedTable(b, 'issues');
  const rows = await reader
    .select({ id: o.id, item: issue.item, amountFen: issue.amountFen })
    .from(o)
    .innerJoin(b, eq(b.id, o.bill))
    .innerJoin(x, eq(x.id, o.settledTransaction))
    .innerJoin(
      issue,
      and(
        ...[eq(issue.estate, b.estate), eq(issue.house, b.house), eq(issue.item, b.item)],
        ...[eq(issue.period, b.period), gte(issue.issue, b.issue), lte(issue.createdAt, x.bookedAt)],
      ),
    )
    .where(inArray(o.id, [...ids]))
    .orderBy(asc(issue.issue));
  return new Map(rows.map((row) => [row.id, row]));
}

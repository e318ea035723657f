/**
 * For `verify`: offsets that were taken above what their rule lets points pay of the bill, as it was issued by then, all
 * together that had been taken of its line.
 */
import { aliasedTable, and, asc, eq, gt, gte, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { wasHandedOverBefore } from './batch-claims.ts';
import { mostByRule, type MostOf } from './most-by-rule.ts';
import type { Offset } from './offsets.ts';

type Posted = Pick<Offset, 'id'>;
type Words = { zh: string; en: string };

const AT_ONCE = 500;

export async function overItsBill(engine: Engine, offsets: readonly Posted[]): Promise<Map<string, Words>> {
  const found = new Map<string, Words>();
  const most = mostByRule(engine);
  for (let at = 0; at < offsets.length; at += AT_ONCE) {
    const ids = offsets.slice(at, at + AT_ONCE).map(({ id }) => id);
    const [bills, taken] = [await billsAtCapture(engine, ids), await takenByThen(engine, ids)];
    for (const id of ids) {
      const bill = bills.get(id);
      const said = bill && (await whatIsOver(most, { bill, taken: taken.get(id) ?? [] }));
      if (said && !(await stoodBefore(engine, { id, most }))) found.set(id, said);
    }
  }
  return found;
}

type Bill = { item: string; amountFen: number };
type Taken = Pick<Offset, 'item' | 'ruleVersion' | 'valueFen'>;

async function whatIsOver(
  most: MostOf,
  { bill, taken }: { bill: Bill; taken: readonly Taken[] },
): Promise<Words | undefined> {
  // Whoever offset it later did so beside what was there, by the rule of then.
  const all = await Promise.all(taken.map(({ item, ruleVersion }) => most({ item, ruleVersion }, bill)));
  const [mostFen, sumFen] = [Math.max(0, ...all), taken.reduce((sum, { valueFen }) => sum + valueFen, 0)];
  if (sumFen <= mostFen) return undefined;
  const [value, whole, allowed] = [sumFen, bill.amountFen, mostFen].map(formatYuan);
  const several =
    taken.length > 1 ? { zh: `，${taken.length} 张一共`, en: ` by ${taken.length} offsets` } : undefined;
  return {
    zh: `入账时账单是 ${whole} 元，按规则最多抵 ${allowed} 元${several?.zh ?? '，却'}抵了 ${value} 元`,
    en: `its bill was ${whole} when it was posted, of which its rule lets points pay ${allowed}; ${value} were taken${several?.en ?? ''}`,
  };
}

/**
 * Before bills were looked at again when an offset was posted, it stood by the issue that it was made on. Such a one was
 * handed over in a batch of then.
 */
async function stoodBefore(engine: Engine, { id, most }: { id: string; most: MostOf }): Promise<boolean> {
  const { offsets: t, bills: b } = engine.tables;
  const [row] = await engine.reader
    .select({ offset: t, amountFen: b.amountFen })
    .from(t)
    .innerJoin(b, eq(b.id, t.bill))
    .where(eq(t.id, id));
  if (!row || row.offset.valueFen > (await most(row.offset, row))) return false;
  return wasHandedOverBefore(engine, row.offset);
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

/** What was taken of each one's line when its own points were, and was not reversed by then; itself among them. */
async function takenByThen({ reader, tables }: Engine, ids: readonly string[]) {
  const { offsets: o, bills: b } = tables;
  const [issue, other] = [aliasedTable(b, 'issues'), aliasedTable(o, 'others')];
  const stillTaken = or(
    isNull(other.reversedTransaction),
    gt(other.reversedTransaction, o.settledTransaction),
  );
  const rows = await reader
    .select({
      id: o.id,
      other: { item: other.item, ruleVersion: other.ruleVersion, valueFen: other.valueFen },
    })
    .from(o)
    .innerJoin(b, eq(b.id, o.bill))
    .innerJoin(
      issue,
      and(
        ...[eq(issue.estate, b.estate), eq(issue.house, b.house), eq(issue.item, b.item)],
        eq(issue.period, b.period),
      ),
    )
    .innerJoin(
      other,
      and(
        ...[eq(other.bill, issue.id), inArray(other.state, ['posted', 'reversed'])],
        ...[lte(other.settledTransaction, o.settledTransaction), stillTaken],
      ),
    )
    .where(and(inArray(o.id, [...ids]), isNotNull(o.settledTransaction)));
  const found = new Map<string, Taken[]>();
  for (const { id, other: each } of rows) found.set(id, [...(found.get(id) ?? []), each]);
  return found;
}

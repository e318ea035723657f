/**
 * 还需: what is still to pay of a bill, the same in the firm's list and its sums, in the household's, and in the quote of an
 * offset. Points put against an issue that was replaced count for the line, so they stand on its newest issue.
 */
import { eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Database, Engine, Tables } from '../db/index.ts';

/** Offsets that count against a bill line: promised to the firm, or posted by it. */
export const IN_FORCE = ['held', 'exported', 'posted'] as const;

type BillTables = Pick<Tables, 'bills' | 'offsets'>;
type LeftOfBill = { offsetFen: number; toPayFen: number };

/** Of a row of `bills`: what is offset of its line, 0 on an issue that another replaced or, once cancelled, came after. */
export function offsetOfLine({ bills, offsets }: BillTables): SQL<number> {
  const inForce = sql.join(
    IN_FORCE.map((state) => sql`${state}`),
    sql`, `,
  );
  // Names of columns alone would be those of the inner table.
  const of = (column: string): SQL => sql`${bills}.${sql.identifier(column)}`;
  const sameLine = (name: string): SQL => {
    const other = (column: string): SQL => sql`${sql.identifier(name)}.${sql.identifier(column)}`;
    const columns = ['estate', 'house', 'item', 'period'];
    return sql.join(
      columns.map((column) => sql`${other(column)} = ${of(column)}`),
      sql` and `,
    );
  };
  return sql<number>`case when ${of('state')} = 'reissued' or ${of('state')} = 'cancelled' and exists (
      select 1 from ${bills} newer where ${sameLine('newer')} and newer.issue > ${of('issue')})
    then 0 else (
    select coalesce(sum(points.value_fen), 0) from ${bills} issues
      join ${offsets} points on points.bill = issues.id and points.state in (${inForce})
      where ${sameLine('issues')}) end`;
}

/** Of the same row what is still to pay: nobody owes a bill that was cancelled or issued anew. */
export function leftToPay(tables: BillTables): SQL<number> {
  const of = (column: string): SQL => sql`${tables.bills}.${sql.identifier(column)}`;
  const left = sql`${of('amount_fen')} - ${of('paid_fen')} - (${offsetOfLine(tables)})`;
  return sql<number>`case when ${of('state')} = 'open' and ${left} > 0 then ${left} else 0 end`;
}

/** Of these bills, by id. `db`: where it is asked for, the reader for a page, the writer for what is decided by it. */
export async function leftOfBills(
  { db, tables }: { db: Database; tables: Engine['tables'] },
  ids: readonly string[],
): Promise<Map<string, LeftOfBill>> {
  if (ids.length === 0) return new Map();
  const { bills: t } = tables;
  const rows = await db
    .select({
      id: t.id,
      offsetFen: offsetOfLine(tables).mapWith(Number),
      toPayFen: leftToPay(tables).mapWith(Number),
    })
    .from(t)
    .where(ids.length === 1 ? eq(t.id, ids[0] ?? '') : inArray(t.id, [...ids]));
  return new Map(rows.map(({ id, ...left }) => [id, left]));
}

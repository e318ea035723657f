import { sql, type Column, type SQL } from 'drizzle-orm';

/**
 * The month that a bill is due in (`dueMonthOf`), in the very words of the indexes, without which they are not used. No
 * comma: drizzle-kit cuts an index of SQLite there.
 */
export function dueMonthIn({ dueIn, period }: { dueIn: Column; period: Column }): SQL<string> {
  return sql<string>`(case when ${dueIn} is null then ${period} else ${dueIn} end)`;
}

/** Whether a bill is for several months. */
export function isForSeveral({ periodTo }: { periodTo: Column }): SQL {
  return sql`${periodTo} is not null`;
}

/**
 * A write that takes a step of a row's version only where the row is still as it was seen, and breaks off all that is
 * written with it where it is not: the version becomes null, which no table allows.
 */
import { sql, type SQL } from 'drizzle-orm';

/** A number is given as an expression of its column: PostgreSQL takes a parameter here for a text. */
export function ifStill(condition: SQL | undefined, then: SQL | string): SQL {
  return sql`case when ${condition} then ${then} end`;
}

/** The error of such a write that came too late, whichever engine it comes from. */
export function isStale(error: unknown, { table, column }: { table: string; column: string }): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { message } = cause;
    if (message.includes(`${table}.${column}`) || message.includes(`"${column}" of relation "${table}"`))
      return true;
  }
  return false;
}

/**
 * A write that takes a step of a row's version only where the row is still as it was seen, and breaks off all that is
 * written with it where it is not: the version becomes null, which no table allows.
 */
import { sql, type SQL } from 'drizzle-orm';

/** A number is given as an expression of its column: PostgreSQL takes a parameter here for a text. */
export function ifStill(condition: SQL | undefined, then: SQL | string): SQL {
  return sql`case when ${condition} then ${then} end`;
}

/** The error of such a write that came too late: by its code, since PostgreSQL says the sentence in its own language. */
export function isStale(error: unknown, { table, column }: { table: string; column: string }): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const said: Error & { code?: unknown; table?: unknown; column?: unknown } = cause;
    if (said.code === NULL_IN_POSTGRES && said.table === table && said.column === column) return true;
    if (said.code === NULL_IN_SQLITE && cause.message.endsWith(` ${table}.${column}`)) return true;
  }
  return false;
}

const NULL_IN_POSTGRES = '23502';
const NULL_IN_SQLITE = 'SQLITE_CONSTRAINT_NOTNULL';

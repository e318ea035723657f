import type BetterSqlite from 'better-sqlite3';

/** More than there are queries in the program; lists of values come in many lengths. */
const MOST_STATEMENTS = 500;

/**
 * The same connection, compiling each text once: Drizzle asks for a new statement with every query, and to compile one
 * costs as much as to run it. Those used longest ago are forgotten.
 */
export function rememberStatements(connection: BetterSqlite.Database): BetterSqlite.Database {
  const known = new Map<string, BetterSqlite.Statement>();
  const prepare = (text: string): BetterSqlite.Statement => {
    let statement = known.get(text);
    if (statement === undefined) {
      statement = connection.prepare(text);
      if (known.size >= MOST_STATEMENTS) known.delete(known.keys().next().value ?? '');
    } else {
      known.delete(text);
      // As new: whoever had it before may have asked for rows without names.
      if (statement.reader) statement.raw(false);
    }
    known.set(text, statement);
    return statement;
  };
  return Object.assign(Object.create(connection) as BetterSqlite.Database, { prepare });
}

/**
 * The column kit: the few words in which every table is described once.
 *
 * A module exports `xTables = (kit: Kit) => ({ ... })`; `sqliteKit` builds SQLite tables from it and `pgKit` builds
 * PostgreSQL tables with the same names, nullability, keys, indexes and checks. A column is named after its property
 * in snake_case, so a name is written once and cannot drift between code and database.
 *
 * Columns are nullable unless they say `.notNull()`, as in Drizzle itself.
 */
import { sql } from 'drizzle-orm';
import type { BuildColumns, SQL } from 'drizzle-orm';
import {
  blob,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type {
  SQLiteColumnBuilderBase,
  SQLiteTableExtraConfigValue,
  SQLiteTableWithColumns,
} from 'drizzle-orm/sqlite-core';
import { jsonLiteral, nameColumns, snakeCase } from './naming.ts';

type Columns = Record<string, SQLiteColumnBuilderBase>;

type BuiltTable<Name extends string, Map extends Columns> = SQLiteTableWithColumns<{
  name: Name;
  schema: undefined;
  columns: BuildColumns<Name, Map, 'sqlite'>;
  dialect: 'sqlite';
}>;

/** Builders of `amount()` and `boolean()` columns; `table` adds their checks, so that no table can forget one. */
const amounts = new WeakSet<object>();
const booleans = new WeakSet<object>();

/** The condition that keeps a column within what JavaScript counts exactly. */
export function safeAmount(column: unknown): SQL {
  return sql`${column} between ${sql.raw(String(Number.MIN_SAFE_INTEGER))} and ${sql.raw(String(Number.MAX_SAFE_INTEGER))}`;
}

function amount() {
  const builder = integer();
  amounts.add(builder);
  return builder;
}

function boolean() {
  const builder = integer({ mode: 'boolean' });
  booleans.add(builder);
  return builder;
}

function json<T>() {
  const builder = text({ mode: 'json' }).$type<T>();
  const setDefault = builder.default.bind(builder);
  builder.default = (value) => setDefault(jsonLiteral(value));
  return builder;
}

function table<Name extends string, Map extends Columns>(
  name: Name,
  columns: Map,
  extras?: (self: BuildColumns<Name, Map, 'sqlite'>) => SQLiteTableExtraConfigValue[],
): BuiltTable<Name, Map> {
  nameColumns(columns);
  return sqliteTable(name, columns, (self) => {
    const column = (key: string) => (self as Record<string, unknown>)[key];
    const checks = Object.entries(columns).flatMap(([key, builder]) => {
      if (amounts.has(builder)) return [check(`${name}_${snakeCase(key)}_safe`, safeAmount(column(key)))];
      if (booleans.has(builder))
        return [check(`${name}_${snakeCase(key)}_boolean`, sql`${column(key)} in (0, 1)`)];
      return [];
    });
    return [...checks, ...(extras?.(self) ?? [])];
  });
}

export const sqliteKit = {
  table,
  /** The primary key of a domain table: a UUIDv7 string, given by the caller. */
  id: () => text().primaryKey(),
  text: () => text(),
  /** A whole number that counts or orders; for points and money take `amount`. */
  integer: () => integer(),
  /** Points in the unit's smallest step, or money in fen or micro-yuan: a safe integer, checked by the database. */
  amount,
  boolean,
  /** Milliseconds since 1970, UTC. */
  instant: () => integer(),
  /** A calendar day in Asia/Shanghai, 'YYYY-MM-DD'. */
  date: () => text(),
  /** For better-auth's tables only, which hand over and expect a `Date`; stored as an instant. */
  dateTime: () => integer({ mode: 'timestamp_ms' }),
  /** JSON as text on both engines, so that the same bytes are read back. */
  json,
  /** A file's bytes; columns of rows that are read one at a time. */
  bytes: () => blob({ mode: 'buffer' }),
  index,
  uniqueIndex,
  check,
  primaryKey,
};

export type Kit = typeof sqliteKit;

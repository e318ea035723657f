/**
 * The column kit for PostgreSQL. It offers exactly the words of `sqliteKit` and is cast to its type here, in one place:
 * the tables it builds are PostgreSQL tables that the compiler takes for SQLite tables, so a query is written once.
 * What makes that true is that both sides hand over the same JavaScript values; the engine tests prove it per word.
 */
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  pgTable,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { PgColumnBuilderBase, PgTableExtraConfigValue } from 'drizzle-orm/pg-core';
import { safeAmount } from './kit.ts';
import type { Kit } from './kit.ts';
import { jsonLiteral, nameColumns, snakeCase } from './naming.ts';

const amounts = new WeakSet<object>();

const number = () => bigint({ mode: 'number' });

function amount() {
  const builder = number();
  amounts.add(builder);
  return builder;
}

/**
 * Compared byte by byte, as SQLite does: lists come in the same order on both engines, and no index depends on the
 * operating system's collation, which changes under a database when the system is upgraded.
 */
const BYTEWISE_TEXT = 'text COLLATE "C"';

const text = customType<{ data: string; driverData: string }>({ dataType: () => BYTEWISE_TEXT });

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

const dateTime = customType<{ data: Date; driverData: number }>({
  dataType: () => 'bigint',
  toDriver: (value) => value.getTime(),
  fromDriver: (value) => new Date(value),
});

const jsonText = customType<{ data: unknown; driverData: string }>({
  dataType: () => BYTEWISE_TEXT,
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value) as unknown,
});

function json() {
  const builder = jsonText();
  const setDefault = builder.default.bind(builder);
  builder.default = (value) => setDefault(jsonLiteral(value));
  return builder;
}

function table(
  name: string,
  columns: Record<string, PgColumnBuilderBase>,
  extras?: (self: Record<string, unknown>) => PgTableExtraConfigValue[],
) {
  nameColumns(columns);
  return pgTable(name, columns, (self) => {
    const checks = Object.entries(columns)
      .filter(([, builder]) => amounts.has(builder))
      .map(([key]) => check(`${name}_${snakeCase(key)}_safe`, safeAmount(self[key])));
    return [...checks, ...(extras?.(self) ?? [])];
  });
}

const words: Record<keyof Kit, unknown> = {
  table,
  id: () => text().primaryKey(),
  text: () => text(),
  integer: number,
  amount,
  boolean: () => boolean(),
  instant: number,
  date: () => text(),
  dateTime: () => dateTime(),
  json,
  bytes: () => bytea(),
  index,
  uniqueIndex,
  check,
  primaryKey,
};

export const pgKit = words as Kit;

/**
 * One change made behind the program's back, in every column of every ledger table, is found by `verify`, and so is one
 * row that was taken away or put there. Columns and keys come from the schema: a new one is covered from its first day.
 */
import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig as getPostgresConfig, type PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig as getSqliteConfig } from 'drizzle-orm/sqlite-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { eachEngine } from '../support/database.ts';
import { writeEventfulBook } from '../support/eventful-book.ts';
import { select } from '../support/stored-book.ts';

const LEDGER_TABLES = [
  'books',
  'accounts',
  'assets',
  'transactions',
  'entries',
  'positions',
  'tallies',
  'tallyEntries',
  'keys',
  'holds',
] as const;

type Value = string | number | null;
type Column = { table: string; column: string; isNumber: boolean; isNullable: boolean };

function asColumn(table: string, column: { name: string; dataType: string; notNull: boolean }): Column {
  return {
    table,
    column: column.name,
    isNumber: column.dataType === 'number',
    isNullable: !column.notNull,
  };
}

function columnsOf(engine: Engine): Column[] {
  return LEDGER_TABLES.flatMap((name) => {
    const table = engine.tables[name];
    return Object.values(getTableColumns(table)).map((column) => asColumn(getTableName(table), column));
  });
}

type LedgerTable = Engine['tables'][(typeof LEDGER_TABLES)[number]];

/** Where one row stands: `"table" where "key" = ?` with its columns. */
function primaryKeyOf(engine: Engine, table: LedgerTable): { text: string; keys: string[] } {
  const config = engine.kind === 'sqlite' ? getSqliteConfig(table) : getPostgresConfig(asPostgres(table));
  const composed = config.primaryKeys.flatMap(({ columns }) => columns.map(({ name }) => name));
  const single = config.columns.filter(({ primary }) => primary).map(({ name }) => name);
  const keys = composed.length > 0 ? composed : single;
  const where = keys.map((key) => `"${key}" = ?`).join(' and ');
  return { text: `"${getTableName(table)}" where ${where}`, keys };
}

/** The tables of PostgreSQL go by the types of SQLite (design §4). */
function asPostgres(table: LedgerTable): PgTable {
  return table as unknown as PgTable;
}

/** A value of a copied row: keys stay, and other texts that must be unique are made so. */
function uniqueAnew(
  row: Row | undefined,
  { name, isUnique }: { name: string; isUnique: boolean },
  keys: string[],
) {
  const value = row?.[name] ?? null;
  const isOwner = name === 'owner' || name === 'unit';
  return (isUnique && !keys.includes(name)) || isOwner ? `${value ?? ''}x` : value;
}

/** Statements that the program would never send: on SQLite by the writer, on PostgreSQL by a superuser. */
async function raw(engine: Engine, text: string, values: Value[] = []): Promise<number> {
  if (engine.kind === 'sqlite') return engine.sqlite.prepare(text).run(...values).changes;
  let n = 0;
  const numbered = text.replaceAll('?', () => `$${++n}`);
  return (await engine.pool.query(numbered, values)).rowCount ?? 0;
}

type Row = Record<string, Value>;

async function rowsOf(engine: Engine, table: string): Promise<Row[]> {
  return select<Row>(engine, `select * from "${table}"`);
}

async function rawValues(engine: Engine, { table, column }: Column): Promise<Value[]> {
  return (await rowsOf(engine, table)).map((row) => row[column] ?? null);
}

/** Takes off what the database itself would refuse, as somebody with the file in his hands can. */
async function disarm(engine: Engine): Promise<void> {
  if (engine.kind === 'sqlite') {
    const triggers = engine.sqlite.prepare("select name from sqlite_master where type = 'trigger'").all();
    for (const { name } of triggers as { name: string }[]) engine.sqlite.exec(`drop trigger "${name}"`);
    engine.sqlite.pragma('ignore_check_constraints = ON');
    return;
  }
  const { rows } = await engine.pool.query<{ table: string; name: string }>(
    "select conrelid::regclass::text as table, conname as name from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace",
  );
  for (const { table, name } of rows) await raw(engine, `alter table ${table} drop constraint "${name}"`);
  for (const name of LEDGER_TABLES) {
    await raw(engine, `alter table "${getTableName(engine.tables[name])}" disable trigger all`);
  }
}

/** Another value of the same type, different from every one that stands in the column. */
function otherValue(column: Column, present: readonly Value[], old: Value): Value {
  if (!column.isNumber) return `${old ?? ''}x`;
  return Math.max(0, ...present.map(Number)) + 1;
}

async function findings(engine: Engine): Promise<number> {
  return (await verify(engine)).findingCount;
}

eachEngine((_, open) => {
  describe('a book in which everything has happened', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
      await writeEventfulBook(engine);
      await disarm(engine);
    });

    it('is whole', async () => {
      expect((await verify(engine)).findings).toEqual([]);
    });

    it('shows one change in any column of any row', async () => {
      const missed: string[] = [];
      for (const column of columnsOf(engine)) {
        const present = await rawValues(engine, column);
        const where = `${column.table}.${column.column}`;
        expect(present.length, `${where} has rows to change`).toBeGreaterThan(0);
        for (const old of new Set([present[0] ?? null, present.at(-1) ?? null])) {
          if (!(await isFound(engine, column, old, otherValue(column, present, old)))) {
            missed.push(`${where}: ${String(old)} changed`);
          }
          if (column.isNullable && old !== null && !(await isFound(engine, column, old, null))) {
            missed.push(`${where}: ${String(old)} emptied`);
          }
        }
      }
      expect(missed).toEqual([]);
      expect(await findings(engine)).toBe(0);
    }, 180_000);

    it('shows any one row that was taken away, but for the memory of a refusal', async () => {
      const missed: string[] = [];
      for (const name of LEDGER_TABLES) {
        const table = engine.tables[name];
        const { text, keys } = primaryKeyOf(engine, table);
        const rows = await rowsOf(engine, getTableName(table));
        expect(rows.length, `${name} has rows to take away`).toBeGreaterThan(0);
        for (const row of rows) {
          await withTable(engine, getTableName(table), async () => {
            const changed = await raw(
              engine,
              `delete from ${text}`,
              keys.map((key) => row[key] ?? null),
            );
            expect(changed, `one row of ${name} goes`).toBe(1);
            if ((await findings(engine)) === 0) missed.push(`${name} ${String(row['status'])}`);
          });
        }
      }
      // A refusal made no transaction: api/decisions/2026-11-27-what-verify-cannot-derive.md.
      expect(missed).toEqual(['keys refused']);
      expect(await findings(engine)).toBe(0);
    }, 180_000);

    it('shows any one row that was put beside the others, under a key of its own', async () => {
      const missed: string[] = [];
      for (const name of LEDGER_TABLES) {
        const table = engine.tables[name];
        const { keys } = primaryKeyOf(engine, table);
        const columns = Object.values(getTableColumns(table));
        const rows = await rowsOf(engine, getTableName(table));
        for (const column of columns.filter((c) => keys.includes(c.name))) {
          const present = rows.map((row) => row[column.name] ?? null);
          const other = otherValue(asColumn(getTableName(table), column), present, 'x');
          await withTable(engine, getTableName(table), async () => {
            const values = columns.map((c) => (c === column ? other : uniqueAnew(rows.at(-1), c, keys)));
            const names = columns.map((c) => `"${c.name}"`).join(', ');
            const marks = columns.map(() => '?').join(', ');
            await raw(engine, `insert into "${getTableName(table)}" (${names}) values (${marks})`, values);
            if ((await findings(engine)) === 0) missed.push(`${name}.${column.name}`);
          });
        }
      }
      expect(missed).toEqual([]);
      expect(await findings(engine)).toBe(0);
    }, 60_000);

    it('changes its root with any number in a transaction, and has the old one when that is put back', async () => {
      const rootOf = async () => (await verify(engine)).books[0]?.root;
      const root = await rootOf();
      for (const change of [
        'update entries set amount = amount + 1',
        'update tally_entries set ceiling = 5',
      ]) {
        await withTable(engine, change.split(' ')[1] ?? '', async () => {
          await raw(engine, change);
          expect(await rootOf()).not.toBe(root);
        });
      }
      expect(await rootOf()).toBe(root);
    });

    it('shows points that were given with every sum kept right, but past the journal', async () => {
      const { accounts, positions } = { accounts: 'accounts', positions: 'positions' };
      const member = `select id from ${accounts} where owner = 'member' and role = 'available'`;
      const changed = await raw(
        engine,
        `update ${positions} set balance = balance + 5 where account in (${member})`,
      );
      expect(changed).toBeGreaterThan(0);
      expect(await findings(engine)).toBeGreaterThan(0);
      await raw(engine, `update ${positions} set balance = balance - 5 where account in (${member})`);
      expect(await findings(engine)).toBe(0);
    });
  });
});

/** Lets something be done to a table, and puts it back. */
async function withTable(engine: Engine, table: string, change: () => Promise<void>): Promise<void> {
  await raw(engine, `create table kept_rows as select * from "${table}"`);
  try {
    await change();
  } finally {
    await raw(engine, `delete from "${table}"`);
    await raw(engine, `insert into "${table}" select * from kept_rows`);
    await raw(engine, 'drop table kept_rows');
  }
}

/** Changes the rows that hold `old`, asks verify, and puts them back. */
async function isFound(engine: Engine, column: Column, old: Value, value: Value): Promise<boolean> {
  const { table, column: name } = column;
  const one = engine.kind === 'sqlite' ? (rowid: string) => rowid : undefined;
  const where = old === null ? `"${name}" is null` : `"${name}" = ?`;
  const known = old === null ? [] : [old];
  let isShown = false;
  await withTable(engine, table, async () => {
    try {
      await raw(engine, `update "${table}" set "${name}" = ? where ${where}`, [value, ...known]);
    } catch (error) {
      // NOT NULL, STRICT and unique indexes stay: what they refuse cannot be changed either.
      if (!one && !/violates|constraint/i.test(String(error))) throw error;
      isShown = true;
      return;
    }
    isShown = (await findings(engine)) > 0;
  });
  return isShown;
}

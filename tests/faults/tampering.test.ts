/**
 * One change made behind the program's back, in every column of every ledger table, is found by `verify`. The columns
 * come from the schema, so a new one is covered from the day it exists.
 */
import { getTableColumns, getTableName } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { eachEngine } from '../support/database.ts';
import { writeEventfulBook } from '../support/eventful-book.ts';

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

function columnsOf(engine: Engine): Column[] {
  return LEDGER_TABLES.flatMap((name) => {
    const table = engine.tables[name];
    return Object.values(getTableColumns(table)).map((column) => ({
      table: getTableName(table),
      column: column.name,
      isNumber: column.dataType === 'number',
      isNullable: !column.notNull,
    }));
  });
}

/** Statements that the program would never send: on SQLite by the writer, on PostgreSQL by a superuser. */
async function raw(engine: Engine, text: string, values: Value[] = []): Promise<number> {
  if (engine.kind === 'sqlite') return engine.sqlite.prepare(text).run(...values).changes;
  let n = 0;
  const numbered = text.replaceAll('?', () => `$${++n}`);
  return (await engine.pool.query(numbered, values)).rowCount ?? 0;
}

async function rawValues(engine: Engine, { table, column }: Column): Promise<Value[]> {
  const text = `select "${column}" as value from "${table}"`;
  const rows =
    engine.kind === 'sqlite' ? engine.sqlite.prepare(text).all() : (await engine.pool.query(text)).rows;
  return (rows as { value: Value }[]).map((row) => row.value);
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

    it('shows a row that was taken away', async () => {
      for (const name of LEDGER_TABLES) {
        const table = getTableName(engine.tables[name]);
        await raw(engine, `create table kept_rows as select * from "${table}"`);
        const key = columnsOf(engine).find((c) => c.table === table);
        const [value] = key ? (await rawValues(engine, key)).slice(-1) : [];
        await raw(engine, `delete from "${table}" where "${key?.column}" = ?`, [value ?? null]);
        expect(await findings(engine), `a missing row of ${table}`).toBeGreaterThan(0);
        await raw(engine, `delete from "${table}"`);
        await raw(engine, `insert into "${table}" select * from kept_rows`);
        await raw(engine, 'drop table kept_rows');
      }
      expect(await findings(engine)).toBe(0);
    }, 60_000);

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

/** Changes the rows that hold `old`, asks verify, and puts them back. */
async function isFound(engine: Engine, column: Column, old: Value, value: Value): Promise<boolean> {
  const { table, column: name } = column;
  const one = engine.kind === 'sqlite' ? (rowid: string) => rowid : undefined;
  const where = old === null ? `"${name}" is null` : `"${name}" = ?`;
  const known = old === null ? [] : [old];
  try {
    await raw(engine, `create table kept_rows as select * from "${table}"`);
    try {
      await raw(engine, `update "${table}" set "${name}" = ? where ${where}`, [value, ...known]);
    } catch (error) {
      // NOT NULL, STRICT and unique indexes stay: what they refuse cannot be changed either.
      if (one || /violates|constraint/i.test(String(error))) return true;
      throw error;
    }
    return (await findings(engine)) > 0;
  } finally {
    await raw(engine, `delete from "${table}"`);
    await raw(engine, `insert into "${table}" select * from kept_rows`);
    await raw(engine, 'drop table kept_rows');
  }
}

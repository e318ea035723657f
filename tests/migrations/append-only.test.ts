import { beforeAll, describe, expect, it } from 'vitest';
import { appendOnlyTables } from '../../api/db/schema.ts';
import type { Engine, PostgresEngine, SqliteEngine } from '../../api/db/index.ts';
import { BOOK_STRIDE } from '../../api/ledger/ledger.tables.ts';
import { withPostgres, withSqlite } from '../support/database.ts';

const AT = 1_780_000_000_000;

/** One row of each append-only table, by the table's name. */
const rows: Record<string, Record<string, string | number | boolean | null>> = {
  books: { id: 1, code: 'demo', name: '示范区', created_at: AT },
  settlement_lines: {
    ...{ id: 'l1', version: 1, settlement: 's1', fund: 'f1', unit: 'VOL', redeemer: 'r1', rate_micro: 1 },
    ...{ factor: 1, taken_points: 1, taken_micro: 1, returned_points: 0, returned_micro: 0 },
  },
  settlement_remarks: {
    ...{ id: 'm1', version: 1, settlement: 's1', side: 'payee', kind: 'objection', said: 'x' },
    ...{ by: 'person:p1', at: AT, said_transaction: null },
  },
  accounts: { id: 1, book: 1, owner: 'm1', role: 'available', counterparty: '', floor: 0, ceiling: null },
  assets: {
    id: 1,
    book: 1,
    kind: 'series',
    unit: 'VOL',
    fund: 'f1',
    expires_at: AT,
    rate_micro: 1,
    budget_returns: 0,
  },
  transactions: {
    id: BOOK_STRIDE + 1,
    book: 1,
    seq: 1,
    format: 1,
    place: 'p1',
    kind: 'award',
    effective_at: AT,
    booked_at: AT,
    unit_id: 'u1',
    actor: 'a1',
    source: 'test',
    first_entry: 1,
    entry_count: 2,
    first_tally: 1,
    tally_count: 0,
    hash: 'h',
  },
  entries: { id: 1, tx: 1, account: 1, asset: 1, amount: 24, balance_after: 24, effective_at: AT },
  tally_entries: { id: 1, tx: 1, key: 'day', amount: 24, total_after: 24, floor: null, ceiling: 60 },
  keys: {
    book: 1,
    scope: 's',
    key: 'k',
    request_hash: 'h',
    unit_id: 'u1',
    status: 'posted',
    answer: '{}',
    booked_at: AT,
    hash: 'h',
  },
  month_statements: {
    ...{ id: 's1', version: 1, closure: 'c1', place: 'p1', month: '2026-06', edition: 1 },
    ...{ body: '{}', hash: 'h', read_through: 1, closed_transaction: 1, created_at: AT },
  },
  firm_accounts: { id: 'a1', version: 1, firm: 'f1', accounts: '{}', changed_by: 'person:1', created_at: AT },
  goods_prices: {
    ...{ id: 'p1', version: 1, goods: 'g1', points: 20, yuan_fen: 0, valid_from: AT },
    ...{ set_by: 'person:1', created_at: AT },
  },
  sold_lines: {
    ...{ id: 'l1', version: 1, sale: 's1', goods: 'g1', price: 'p1', name: '鸡蛋', points: 20 },
    ...{ yuan_fen: 0, quantity: 1, kind: 'goods', limit_key: null },
  },
  stock_movements: {
    ...{ id: 'm1', version: 1, place: 'p1', goods: 'g1', kind: 'delivery', free: 5, kept: 0 },
    ...{ free_after: 5, kept_after: 0, unit_id: 'u1', transaction: 1, about: null, reason: '' },
    ...{ by: 'person:1', created_at: AT },
  },
  stocktaking_counts: {
    ...{ id: 'c1', version: 1, stocktaking: 't1', goods: 'g1', name: '鸡蛋', expected: 5, counted: 4 },
  },
  break_events: {
    ...{ id: 'e1', version: 1, break_id: 'b1', kind: 'comment', actor: 'person:1', comment: '已核对' },
    ...{ subject: '', created_at: AT },
  },
  write_offs: {
    ...{ id: 'w1', version: 1, break_id: 'b1', estate: 'p1', firm: 'f1', item: '物业服务费' },
    ...{ amount_fen: 1, asked_by: 'person:1', approved_by: 'person:2', comment: '已核对', hash: 'h' },
    ...{ transaction: 1, created_at: AT },
  },
  attachment_contents: { id: 'h', bytes: '00', created_at: AT },
  attachments: {
    ...{
      id: 'at1',
      version: 1,
      place: 'p1',
      thing: 'break',
      thing_id: 'b1',
      content: 'h',
      name: '更正单.pdf',
    },
    ...{ type: 'application/pdf', size: 1, added_by: 'person:1', created_at: AT },
  },
  attachment_withdrawals: {
    ...{
      id: 'aw1',
      version: 1,
      attachment: 'at1',
      reason: '传错了',
      withdrawn_by: 'person:1',
      created_at: AT,
    },
  },
  funder_statements: {
    ...{ id: 'fs1', version: 1, fund: 'f1', month: '2026-06', number: 1, source: 'typed', file_name: '' },
    ...{ file_hash: 'h', rows: 1, rejected: 0, reason: '', matched: 1, differences: 0, ours_fen: 360 },
    ...{ theirs_fen: 360, taken_by: 'person:1', created_at: AT },
  },
  funder_statement_rows: {
    ...{ id: 'fr1', statement: 'fs1', row_number: 1, party: 'p1', party_text: 'p', number: '', period: '' },
    closing_fen: 360,
  },
  fund_differences: {
    ...{ id: 'fd1', statement: 'fs1', kind: 'amount', field: 'closing', party: 'p1', party_text: 'p' },
    ...{ number: '', row_number: 1, ours: 360, theirs: 361, tie: false },
  },
  fund_pairings: {
    ...{ id: 'fp1', version: 1, statement: 'fs1', number: 1, theirs: 'fd1', ours_rows: 1, ours_fen: 360 },
    ...{ theirs_fen: 360, reason: '', by: 'person:1', at: AT },
  },
  fund_pairing_rows: { id: 'fx1', pairing: 'fp1', difference: 'fd1' },
  fund_pairing_splits: { id: 'fz1', version: 1, pairing: 'fp1', by: 'person:1', at: AT },
  fund_agreements: {
    ...{ id: 'fa1', version: 1, statement: 'fs1', side: 'staff', by: 'person:1', at: AT, remark: '' },
    agreed_transaction: 1,
  },
  holds: { id: 'h1', book: 1, tx: 1, member: 'm1', redeemer: 'r1', place: 'p1', ends_at: AT, lines: '[]' },
};

/** Bytes are written as SQLite has them; PostgreSQL takes the text for bytes. */
const literal = (value: string | number | boolean | null, isBytes: boolean) =>
  typeof value === 'string' ? `${isBytes ? 'x' : ''}'${value}'` : String(value);

/** `transaction` is a word of SQLite's. */
const quoted = (column: string) => `"${column}"`;

function insert(table: string, verb = 'INSERT', kind: Engine['kind'] = 'sqlite'): string {
  const row = rows[table] ?? {};
  const values = Object.entries(row)
    .map(([name, value]) => literal(value, name === 'bytes' && kind === 'sqlite'))
    .join(', ');
  return `${verb} INTO ${table} (${Object.keys(row).map(quoted).join(', ')}) VALUES (${values})`;
}

async function run(engine: Engine, statement: string): Promise<void> {
  if (engine.kind === 'sqlite') engine.sqlite.exec(statement);
  else await engine.pool.query(statement);
}

async function all(engine: Engine, table: string): Promise<unknown[]> {
  const statement = `SELECT * FROM ${table}`;
  if (engine.kind === 'sqlite') return engine.sqlite.prepare(statement).all();
  return (await engine.pool.query(statement)).rows;
}

async function refuses(engine: Engine, table: string, statement: string): Promise<void> {
  const before = await all(engine, table);
  expect(before).toHaveLength(1);
  await expect((async () => run(engine, statement))(), statement).rejects.toThrow(
    `linli: ${table} is append-only`,
  );
  expect(await all(engine, table)).toEqual(before);
}

it('has a row to try on each append-only table', () => {
  expect(Object.keys(rows).sort()).toEqual([...appendOnlyTables].sort());
});

/** What both engines must refuse, whoever asks; a column set to itself is still an update. */
function statements(table: string, kind: Engine['kind']): string[] {
  const column = Object.keys(rows[table] ?? {}).at(-1);
  const key = table === 'keys' ? 'book, scope, key' : 'id';
  return [
    `UPDATE ${table} SET ${column} = ${column}`,
    `DELETE FROM ${table}`,
    `${insert(table, 'INSERT', kind)} ON CONFLICT (${key}) DO UPDATE SET ${column} = excluded.${column}`,
  ];
}

describe('Rule 1: what was booked is never changed or removed, on SQLite', () => {
  let engine: SqliteEngine;
  beforeAll(async () => {
    engine = await withSqlite();
    for (const table of appendOnlyTables) await run(engine, insert(table, 'INSERT', engine.kind));
  });

  it.each([...appendOnlyTables])('%s refuses UPDATE, DELETE and an upsert', async (table) => {
    for (const statement of statements(table, engine.kind)) await refuses(engine, table, statement);
  });

  it.each([...appendOnlyTables])('%s refuses INSERT OR REPLACE and UPDATE OR REPLACE', async (table) => {
    const column = Object.keys(rows[table] ?? {}).at(-1);
    await refuses(engine, table, insert(table, 'INSERT OR REPLACE'));
    await refuses(engine, table, insert(table, 'REPLACE'));
    await refuses(engine, table, `UPDATE OR REPLACE ${table} SET ${column} = ${column}`);
  });
});

describe('Rule 1: what was booked is never changed or removed, on PostgreSQL', () => {
  let engine: PostgresEngine;
  beforeAll(async () => {
    engine = await withPostgres();
    for (const table of appendOnlyTables) await run(engine, insert(table, 'INSERT', engine.kind));
  });

  it.each([...appendOnlyTables])('%s refuses UPDATE, DELETE, an upsert and TRUNCATE', async (table) => {
    for (const statement of [...statements(table, 'postgres'), `TRUNCATE ${table}`])
      await refuses(engine, table, statement);
  });

  it.each([...appendOnlyTables])('%s refuses them from a session that plays a replica', async (table) => {
    for (const statement of [...statements(table, 'postgres'), `TRUNCATE ${table}`]) {
      await refuses(engine, table, `SET LOCAL session_replication_role = replica; ${statement}`);
    }
  });
});

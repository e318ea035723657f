/** `raw` on PostgreSQL: the same arrays for `unnest`, pipelined with their commit, on a connection set as ours are. */
import { createHash } from 'node:crypto';
import { ledgerPool } from '../../api/ledger/index.ts';
import { numbers, pipelined, statement, texts, type Query } from '../../api/ledger/postgres-queries.ts';
import { batchesOf, COLUMNS, TABLES, type Cell, type TableName } from './raw-rows.ts';
import type { RawStore, RowSource } from './raw-sqlite.ts';

const TEXT_COLUMNS = new Set(
  'place kind unit_id actor source hold_id rule_version terms memo_commitment hash scope key request_hash status answer'.split(
    ' ',
  ),
);

export function rawPostgres(url: string): RawStore {
  const pool = ledgerPool(url, 1);
  return {
    write: async (batch) => {
      const client = await pool.connect();
      await pipelined(client, ['begin', ...TABLES.map((table) => insertRows(table, batch[table])), 'commit']);
      client.release();
    },
    close: () => pool.end(),
  };
}

function insertRows(table: TableName, rows: readonly Cell[][]): Query {
  const columns = COLUMNS[table].split(', ');
  const arrays = columns.map((column, i) => `$${i + 1}::${TEXT_COLUMNS.has(column) ? 'text' : 'bigint'}[]`);
  const values = columns.map((column, i) => {
    const cells = rows.map((row) => row[i] ?? null);
    return TEXT_COLUMNS.has(column) ? texts(cells as (string | null)[]) : numbers(cells as (number | null)[]);
  });
  const insert = `insert into ${table} (${COLUMNS[table]}) select * from unnest(${arrays.join(', ')})`;
  const conflict =
    ' on conflict (account, asset) do update set balance = excluded.balance, entry = excluded.entry';
  return { statement: statement(table === 'positions' ? insert + conflict : insert), values };
}

/** Starts after what is there now. */
export async function postgresRows(url: string): Promise<RowSource> {
  const pool = ledgerPool(url, 1);
  const first = await pool.query<{ id: number }>('select max(id) as id from transactions');
  let after = first.rows[0]?.id ?? 0;
  const rows = async (text: string): Promise<Cell[][]> =>
    (await pool.query<Cell[]>({ text, values: [after], rowMode: 'array' })).rows;
  return {
    take: async (batch) => {
      const found = {
        transactions: await rows(
          `select ${COLUMNS.transactions} from transactions where id > $1 order by id`,
        ),
        entries: await rows(
          `select ${COLUMNS.entries} from entries where id >=
            (select min(first_entry) from transactions where id > $1) order by id`,
        ),
        keys: await rows(
          `select ${COLUMNS.keys} from keys where (book << 40) + first_seq > $1 order by first_seq`,
        ),
      };
      after = Number(found.transactions.at(-1)?.[0] ?? after);
      return batchesOf(found, batch);
    },
    close: () => pool.end(),
  };
}

/** As on SQLite. */
export async function digestPostgres(url: string): Promise<Record<string, string>> {
  const pool = ledgerPool(url, 1);
  const digests: Record<string, string> = {};
  for (const table of TABLES) {
    const text = `select ${COLUMNS[table]} from ${table} order by 1, 2, 3`;
    const { rows } = await pool.query<Cell[]>({ text, rowMode: 'array' });
    const hash = createHash('sha256');
    for (const row of rows) hash.update(JSON.stringify(row));
    digests[table] = `${rows.length} ${hash.digest('hex')}`;
  }
  await pool.end();
  return digests;
}

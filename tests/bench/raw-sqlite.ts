/** `raw` on SQLite: bare prepared statements in one database transaction a batch, on a connection set as ours are. */
import type { Database, Statement } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { connectSqlite } from '../../api/db/index.ts';
import { batchesOf, COLUMNS, TABLES, type Cell, type RawBatch, type TableName } from './raw-rows.ts';

export type RawStore = {
  write(batch: RawBatch): Promise<void>;
  close(): Promise<void>;
};
/** What a journal has written lately, read on a connection of its own. */
export type RowSource = {
  take(batch: number): Promise<RawBatch[]>;
  close(): Promise<void>;
};

export function rawSqlite(file: string): RawStore {
  const db = connectSqlite(file, { readonly: false });
  const inserts = Object.fromEntries(TABLES.map((table) => [table, db.prepare(insertInto(table))])) as Record<
    TableName,
    Statement
  >;
  return {
    write: async (batch) => {
      db.exec('begin immediate');
      for (const table of TABLES) {
        const insert = inserts[table];
        for (const row of batch[table]) insert.run(row);
      }
      db.exec('commit');
    },
    close: async () => void db.close(),
  };
}

function insertInto(table: TableName): string {
  const columns = COLUMNS[table];
  const text = `insert into ${table} (${columns}) values (${columns.replace(/[^,]+/g, '?')})`;
  if (table !== 'positions') return text;
  return `${text} on conflict (account, asset) do update set balance = excluded.balance, entry = excluded.entry`;
}

/** Starts after what is there now. */
export function sqliteRows(file: string): RowSource {
  const db = connectSqlite(file, { readonly: true });
  let after = Number(db.prepare('select max(id) from transactions').pluck().get());
  return {
    take: async (batch) => {
      const rows = (text: string): Cell[][] => db.prepare(text).raw().all(after) as Cell[][];
      const found = {
        transactions: rows(`select ${COLUMNS.transactions} from transactions where id > ? order by id`),
        entries: rows(
          `select ${COLUMNS.entries} from entries where id >=
            (select min(first_entry) from transactions where id > ?) order by id`,
        ),
        keys: rows(`select ${COLUMNS.keys} from keys where (book << 40) + first_seq > ? order by first_seq`),
      };
      after = Number(found.transactions.at(-1)?.[0] ?? after);
      return batchesOf(found, batch);
    },
    close: async () => void db.close(),
  };
}

/** SHA-256 over every row of every ledger table, by table; equal digests are equal databases. */
export function digestSqlite(file: string): Record<string, string> {
  const db: Database = connectSqlite(file, { readonly: true });
  const digests: Record<string, string> = {};
  for (const table of TABLES) {
    const hash = createHash('sha256');
    const rows = db.prepare(`select ${COLUMNS[table]} from ${table} order by 1, 2, 3`).raw().iterate();
    let count = 0;
    for (const row of rows) {
      hash.update(JSON.stringify(row));
      count++;
    }
    digests[table] = `${count} ${hash.digest('hex')}`;
  }
  db.close();
  return digests;
}

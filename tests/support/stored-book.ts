/** A book as it lies in the database, read row by row on either engine, and whether its rows hold together. */
import type { Engine } from '../../api/db/index.ts';
import type { Entry, TallyEntry, Transaction } from '../../api/ledger/core/transaction.ts';
import { canonicalTransaction, hashTransaction } from '../../api/ledger/proof/canonical.ts';
import { BOOK_SPAN } from '../../api/ledger/index.ts';
import {
  accountOf,
  assetOf,
  transactionOf,
  type AccountRow,
  type AssetRecord,
  type EntryRow,
  type TransactionRow,
} from '../../api/ledger/stored-rows.ts';

type TallyEntryRow = {
  id: number;
  tx: number;
  key: string;
  amount: number;
  total_after: number;
  floor: number | null;
  ceiling: number | null;
};
export type KeyRow = {
  scope: string;
  key: string;
  status: string;
  answer: string;
  first_seq: number | null;
  last_seq: number | null;
  hash: string;
};
export type StoredBook = {
  transactions: Transaction[];
  positions: { account: number; asset: number; balance: number; entry: number }[];
  tallies: { key: string; total: number; entry: number }[];
  keys: KeyRow[];
  holds: Record<string, unknown>[];
};

/** Rows of a query without parameters, on either engine. */
export async function select<Row>(engine: Engine, text: string): Promise<Row[]> {
  if (engine.kind === 'sqlite') return engine.sqlite.prepare(text).all() as Row[];
  return (await engine.pool.query(text)).rows as Row[];
}

/** A statement without parameters that answers nothing. */
export async function execute(engine: Engine, text: string): Promise<void> {
  if (engine.kind === 'sqlite') engine.sqlite.exec(text);
  else await engine.pool.query(text);
}

/** Such a table never changes: that needs the trigger taken off, as somebody with the file in his hands can. */
export async function disarm(engine: Engine, table: string): Promise<void> {
  if (engine.kind === 'postgres') return execute(engine, `alter table ${table} disable trigger all`);
  const triggers = await select<{ name: string }>(
    engine,
    `select name from sqlite_master where type = 'trigger' and tbl_name = '${table}'`,
  );
  for (const { name } of triggers) await execute(engine, `drop trigger "${name}"`);
}

export async function readBook(engine: Engine, book: number): Promise<StoredBook> {
  const within = `between ${book * BOOK_SPAN} and ${(book + 1) * BOOK_SPAN - 1}`;
  const all = <Row>(text: string): Promise<Row[]> => select<Row>(engine, text);
  const accounts = new Map(
    (await all<AccountRow>(`select * from accounts where book = ${book}`)).map((r) => [r.id, accountOf(r)]),
  );
  const assets = new Map(
    (await all<AssetRecord>(`select * from assets where book = ${book}`)).map((r) => [r.id, assetOf(r)]),
  );
  const entries = new Map<number, Entry[]>();
  for (const row of await all<EntryRow>(`select * from entries where id ${within} order by id`)) {
    const entry = {
      id: row.id,
      account: known(accounts.get(row.account)),
      asset: known(assets.get(row.asset)),
      amount: row.amount,
      balanceAfter: row.balance_after,
    };
    entries.set(row.tx, [...(entries.get(row.tx) ?? []), entry]);
  }
  const tallies = new Map<number, TallyEntry[]>();
  for (const row of await all<TallyEntryRow>(`select * from tally_entries where id ${within} order by id`)) {
    const { id, key, amount, total_after: totalAfter, floor, ceiling } = row;
    tallies.set(row.tx, [...(tallies.get(row.tx) ?? []), { id, key, amount, totalAfter, floor, ceiling }]);
  }
  const rows = await all<TransactionRow>(`select * from transactions where book = ${book} order by id`);
  return {
    transactions: rows.map((r) => transactionOf(r, entries.get(r.id) ?? [], tallies.get(r.id) ?? [])),
    positions: await all(
      `select account, asset, balance, entry from positions where account ${within} order by account, asset`,
    ),
    tallies: await all(`select key, total, entry from tallies where book = ${book} order by key`),
    keys: await all(`select * from keys where book = ${book} order by scope, key`),
    holds: await all(`select * from holds where book = ${book} order by id`),
  };
}

/** What is wrong with a book, each as a sentence; nothing when its chains hold. */
export function faultsOf(book: StoredBook): string[] {
  const faults: string[] = [];
  const balances = new Map<string, { balance: number; entry: number }>();
  const totals = new Map<string, { total: number; entry: number }>();
  let lastBooked = 0;
  let lastEntry: number | undefined;
  for (const [i, t] of book.transactions.entries()) {
    if (t.seq !== i + 1) faults.push(`transaction ${i + 1} has seq ${t.seq}`);
    if (t.bookedAt < lastBooked) faults.push(`booked_at runs back at seq ${t.seq}`);
    if (hashTransaction(t) !== t.hash) faults.push(`the hash of seq ${t.seq} is not of its content`);
    lastBooked = t.bookedAt;
    const sums = new Map<number, number>();
    for (const e of t.entries) {
      const position = `${e.account.id} ${e.asset.id}`;
      const before = balances.get(position)?.balance ?? 0;
      if (before + e.amount !== e.balanceAfter) faults.push(`entry ${e.id} does not follow from ${before}`);
      if (lastEntry !== undefined && e.id !== lastEntry + 1)
        faults.push(`entry ${e.id} follows ${lastEntry}`);
      lastEntry = e.id;
      balances.set(position, { balance: e.balanceAfter, entry: e.id });
      sums.set(e.asset.id, (sums.get(e.asset.id) ?? 0) + e.amount);
      if (e.account.floor !== null && e.balanceAfter < e.account.floor)
        faults.push(`entry ${e.id} is below its floor`);
    }
    for (const [asset, sum] of sums) if (sum !== 0) faults.push(`seq ${t.seq} has ${sum} of asset ${asset}`);
    for (const e of t.tallies) {
      const before = totals.get(e.key)?.total ?? 0;
      if (before + e.amount !== e.totalAfter) faults.push(`tally ${e.key} does not follow from ${before}`);
      totals.set(e.key, { total: e.totalAfter, entry: e.id });
    }
  }
  for (const p of book.positions) {
    const last = balances.get(`${p.account} ${p.asset}`);
    if (last?.balance !== p.balance || last.entry !== p.entry)
      faults.push(`position ${p.account} ${p.asset} is not its entries`);
  }
  if (book.positions.length !== balances.size) faults.push('a position is missing');
  for (const t of book.tallies) {
    const last = totals.get(t.key);
    if (last?.total !== t.total || last.entry !== t.entry) faults.push(`tally ${t.key} is not its entries`);
  }
  if (book.tallies.length !== totals.size) faults.push('a tally is missing');
  return faults;
}

/** Everything that a book says about itself, to compare two engines. */
export function imageOf(book: StoredBook): string[] {
  const { transactions, positions, tallies, keys, holds } = book;
  return [
    ...transactions.map((t) => `${t.hash} ${canonicalTransaction(t)}`),
    ...[...positions, ...tallies, ...keys, ...holds].map((row) => JSON.stringify(row)),
  ];
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('an entry of an account or asset that does not exist');
  return found;
}

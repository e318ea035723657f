/**
 * Reads a book for verification in pieces, by primary key. No cursor stays open between pieces: a reader that held
 * one would answer from an old snapshot and keep the write-ahead log from shrinking.
 */
import { and, asc, desc, gt, gte, inArray, lt, lte, sql, type Column, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import {
  BOOK_SPAN,
  MAX_ENTRIES,
  type Entry,
  type TallyEntry,
  type Transaction,
} from '../core/transaction.ts';
import type { Names } from './names.ts';

/** How many transactions are read at once, and how many rows of a table that stands beside them. */
export const PIECE = 500;
export const ROWS = 2_000;
export type StoredTransaction = {
  transaction: Transaction;
  format: number;
  firstEntry: number;
  firstTally: number;
  /** As the row says; the entries found may be others. */
  entryCount: number;
  tallyCount: number;
  effectiveOfEntries: number[];
};
/** A piece of transactions, and whether entries or counters stand among theirs that none of them claims. */
export type Piece = { transactions: StoredTransaction[]; strays: ('entries' | 'counters')[] };

export function rangeOf(book: number): { low: number; high: number } {
  return { low: book * BOOK_SPAN, high: (book + 1) * BOOK_SPAN };
}

/** Lets others have the thread between two pieces. */
export function breathe(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/**
 * Where the next piece begins: after the row that had these values, in the order of these columns. Compared as one
 * value, which both engines look up in an index; taken apart, PostgreSQL would read the table from its beginning.
 */
export function isAfter(...last: [column: Column, value: string | number][]): SQL {
  const columns = sql.join(
    last.map(([column]) => sql`${column}`),
    sql`, `,
  );
  const values = sql.join(
    last.map(([, value]) => sql`${value}`),
    sql`, `,
  );
  return sql`(${columns}) > (${values})`;
}

/** No piece has more rows than this, unless a forged transaction claims the whole table. */
export const MOST_OF_A_PIECE = PIECE * MAX_ENTRIES;

/** The next piece of transactions after id `after`, in order, whole with entries and counters. */
export async function readPiece(
  { reader, tables }: Engine,
  names: Names,
  input: { book: number; after: number; until: number },
): Promise<Piece> {
  const { transactions: t, entries: e, tallyEntries: c } = tables;
  const rows = await reader
    .select()
    .from(t)
    .where(and(gt(t.id, input.after), lte(t.id, input.until)))
    .orderBy(asc(t.id))
    .limit(PIECE);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return { transactions: [], strays: [] };
  const entryRows = await reader
    .select()
    .from(e)
    .where(and(gte(e.id, first.firstEntry), lte(e.id, last.firstEntry + last.entryCount - 1)))
    .orderBy(asc(e.id))
    .limit(MOST_OF_A_PIECE);
  const tallyRows = await reader
    .select()
    .from(c)
    .where(and(gte(c.id, first.firstTally), lte(c.id, last.firstTally + last.tallyCount - 1)))
    .orderBy(asc(c.id))
    .limit(MOST_OF_A_PIECE);
  await names.meet(entryRows);
  const entriesByTx = byTransaction(entryRows);
  const talliesByTx = byTransaction(tallyRows);
  const strays: Piece['strays'] = [];
  if (isAnyUnclaimed(rows, entryRows, (t) => [t.firstEntry, t.entryCount])) strays.push('entries');
  if (isAnyUnclaimed(rows, tallyRows, (t) => [t.firstTally, t.tallyCount])) strays.push('counters');
  const transactions = rows.map((row) => {
    const ofEntries = entriesByTx.get(row.id) ?? [];
    const entries = ofEntries.map((r) => entryOf(r, names));
    const tallies: TallyEntry[] = talliesByTx.get(row.id) ?? [];
    return {
      transaction: { ...row, entries, tallies },
      format: row.format,
      firstEntry: row.firstEntry,
      firstTally: row.firstTally,
      entryCount: row.entryCount,
      tallyCount: row.tallyCount,
      effectiveOfEntries: ofEntries.map((r) => r.effectiveAt),
    };
  });
  return { transactions, strays };
}

/** Each row must be one that its transaction claims; rows and transactions are in order of their ids. */
function isAnyUnclaimed<T extends { id: number }>(
  transactions: readonly T[],
  rows: readonly { id: number; tx: number }[],
  claim: (t: T) => [first: number, count: number],
): boolean {
  const claims = new Map(transactions.map((t) => [t.id, claim(t)]));
  return rows.some(({ id, tx }) => {
    const [first, count] = claims.get(tx) ?? [0, 0];
    return id < first || id >= first + count;
  });
}

type EntryRow = { id: number; account: number; asset: number; amount: number; balanceAfter: number };

function entryOf({ id, account, asset, amount, balanceAfter }: EntryRow, names: Names): Entry {
  return {
    id,
    account: names.account(account),
    asset: names.asset(asset),
    amount,
    balanceAfter,
  };
}

/** The entries of some transactions, at most `PIECE` of them, by transaction. */
export async function readEntries(
  { reader, tables }: Engine,
  names: Names,
  ids: readonly number[],
): Promise<Map<number, Entry[]>> {
  const { transactions: t, entries: e } = tables;
  const within = and(gte(e.id, t.firstEntry), lt(e.id, sql`${t.firstEntry} + ${t.entryCount}`));
  const rows = await reader
    .select({ entry: e })
    .from(t)
    .innerJoin(e, within)
    .where(inArray(t.id, [...ids]))
    .orderBy(asc(e.id));
  await names.meet(rows.map(({ entry }) => entry));
  const found = byTransaction(rows.map(({ entry }) => entry));
  return new Map([...found].map(([id, ofEntries]) => [id, ofEntries.map((r) => entryOf(r, names))]));
}

function byTransaction<R extends { tx: number }>(rows: readonly R[]): Map<number, R[]> {
  const found = new Map<number, R[]>();
  for (const row of rows) {
    const known = found.get(row.tx);
    if (known) known.push(row);
    else found.set(row.tx, [row]);
  }
  return found;
}

/** The highest id in the range of a book: that of a row which the last transaction claims, or a stray's. */
export async function topOf(
  { reader, tables }: Engine,
  table: 'entries' | 'tallyEntries',
  book: number,
): Promise<number> {
  const t = tables[table];
  const { low, high } = rangeOf(book);
  const [row] = await reader
    .select({ id: t.id })
    .from(t)
    .where(and(gt(t.id, low), lt(t.id, high)))
    .orderBy(desc(t.id))
    .limit(1);
  return row?.id ?? low;
}

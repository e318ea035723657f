/**
 * Reads a book for verification in pieces, by primary key. No cursor stays open between pieces: a reader that held
 * one would answer from an old snapshot and keep the write-ahead log from shrinking.
 */
import { and, asc, eq, gt, gte, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { accountKey, type Account, type Role } from '../core/account.ts';
import { assetKey, type AssetKind, type AssetRow } from '../core/asset.ts';
import { BOOK_SPAN, type Entry, type TallyEntry, type Transaction } from '../core/transaction.ts';

export const PIECE = 500;
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
/** Accounts and assets of a book by id; verification holds them all, since every entry names one of each. */
export type Names = { accounts: Map<number, Account>; assets: Map<number, AssetRow>; duplicates: string[] };

export function rangeOf(book: number): { low: number; high: number } {
  return { low: book * BOOK_SPAN, high: (book + 1) * BOOK_SPAN };
}

/** Lets others have the thread between two pieces. */
export function breathe(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

export async function readNames({ reader, tables }: Engine, book: number): Promise<Names> {
  const { accounts: a, assets: s } = tables;
  const names: Names = { accounts: new Map(), assets: new Map(), duplicates: [] };
  const keys = new Set<string>();
  const meet = (key: string): void => {
    if (keys.has(key)) names.duplicates.push(key);
    keys.add(key);
  };
  for (const row of await reader.select().from(a).where(eq(a.book, book))) {
    const role = row.role as Role;
    const key = accountKey(row.owner, role, row.counterparty);
    meet(key);
    names.accounts.set(row.id, { ...row, role, key });
  }
  for (const row of await reader.select().from(s).where(eq(s.book, book))) {
    const asset = { ...row, kind: row.kind as AssetKind, budgetReturns: row.budgetReturns as 0 | 1 };
    meet(assetKey(asset));
    names.assets.set(row.id, { ...asset, key: assetKey(asset) });
  }
  return names;
}

const LOST_ACCOUNT: Omit<Account, 'id'> = {
  key: '',
  owner: '?',
  role: 'discount',
  counterparty: '',
  floor: null,
  ceiling: null,
};
const LOST_ASSET: Omit<AssetRow, 'id'> = {
  key: '',
  kind: 'cny6',
  unit: '?',
  fund: '?',
  expiresAt: 0,
  rateMicro: 0,
  budgetReturns: 0,
};

/** The next piece of transactions after id `after`, in order, whole with entries and counters. */
export async function readPiece(
  { reader, tables }: Engine,
  names: Names,
  input: { book: number; after: number; until: number },
): Promise<StoredTransaction[]> {
  const { transactions: t, entries: e, tallyEntries: c } = tables;
  const rows = await reader
    .select()
    .from(t)
    .where(and(gt(t.id, input.after), lte(t.id, input.until)))
    .orderBy(asc(t.id))
    .limit(PIECE);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const entryRows = await reader
    .select()
    .from(e)
    .where(and(gte(e.id, first.firstEntry), lte(e.id, last.firstEntry + last.entryCount - 1)))
    .orderBy(asc(e.id));
  const tallyRows = await reader
    .select()
    .from(c)
    .where(and(gte(c.id, first.firstTally), lte(c.id, last.firstTally + last.tallyCount - 1)))
    .orderBy(asc(c.id));
  const entriesByTx = byTransaction(entryRows);
  const talliesByTx = byTransaction(tallyRows);
  return rows.map((row) => {
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
}

type EntryRow = { id: number; account: number; asset: number; amount: number; balanceAfter: number };

function entryOf({ id, account, asset, amount, balanceAfter }: EntryRow, names: Names): Entry {
  return {
    id,
    account: names.accounts.get(account) ?? { ...LOST_ACCOUNT, id: account },
    asset: names.assets.get(asset) ?? { ...LOST_ASSET, id: asset },
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

/** Rows of a table beyond what any transaction claims: how many there are with ids of this book. */
export async function countIds(
  { reader, tables }: Engine,
  table: 'entries' | 'tallyEntries',
  book: number,
  until: number,
): Promise<number> {
  const t = tables[table];
  const { low } = rangeOf(book);
  const [row] = await reader
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(t)
    .where(and(gt(t.id, low), lte(t.id, until)));
  return row?.count ?? 0;
}

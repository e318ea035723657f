/** Transactions as stored: one whole, or a page of a book, newest first. */
import { and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Account, Role } from '../core/account.ts';
import { accountKey } from '../core/account.ts';
import { assetKey, type AssetKind, type AssetRow } from '../core/asset.ts';
import { BOOK_SPAN, type Entry, type TallyEntry, type Transaction } from '../core/transaction.ts';

/** Transactions with their entries and tallies, in the order of the ids given; unknown ids are left out. */
export async function transactionsById(
  { reader, tables }: Engine,
  ids: readonly number[],
): Promise<Transaction[]> {
  if (ids.length === 0) return [];
  const { transactions } = tables;
  const rows = await reader
    .select()
    .from(transactions)
    .where(inArray(transactions.id, [...ids]));
  const found = new Map<number, Transaction>();
  for (const row of rows) {
    const entries = await entriesOf({ reader, tables }, row.firstEntry, row.entryCount);
    const tallies = await talliesOf({ reader, tables }, row.firstTally, row.tallyCount);
    found.set(row.id, { ...row, entries, tallies });
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

export type TransactionHead = {
  id: number;
  seq: number;
  place: string;
  kind: string;
  effectiveAt: number;
  bookedAt: number;
  actor: string;
  hash: string;
};

/** A page of a book's transactions before `before`, newest first; `late`: only those that took effect before they were booked. */
export async function listTransactions(
  { reader, tables }: Engine,
  input: { book: number; before?: number; late?: boolean; refunds?: boolean; limit: number },
): Promise<{ heads: TransactionHead[]; next: number | undefined }> {
  const { transactions: t } = tables;
  const heads = await reader
    .select({
      id: t.id,
      seq: t.seq,
      place: t.place,
      kind: t.kind,
      effectiveAt: t.effectiveAt,
      bookedAt: t.bookedAt,
      actor: t.actor,
      hash: t.hash,
    })
    .from(t)
    .where(
      and(
        gte(t.id, input.book * BOOK_SPAN),
        lt(t.id, input.before ?? (input.book + 1) * BOOK_SPAN),
        input.late ? and(eq(t.book, input.book), lt(t.effectiveAt, t.bookedAt)) : undefined,
        // As the index says it: with parameters in their place it would not be found.
        input.refunds ? and(eq(t.book, input.book), sql`${t.kind} in ('refund', 'clawback')`) : undefined,
      ),
    )
    .orderBy(desc(t.id))
    .limit(input.limit + 1);
  const page = heads.slice(0, input.limit);
  return { heads: page, next: heads.length > input.limit ? page.at(-1)?.id : undefined };
}

type Readable = Pick<Engine, 'reader' | 'tables'>;

async function entriesOf({ reader, tables }: Readable, first: number, count: number): Promise<Entry[]> {
  const { accounts, assets, entries } = tables;
  const rows = await reader
    .select({ entry: entries, account: accounts, asset: assets })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.account))
    .innerJoin(assets, eq(assets.id, entries.asset))
    .where(and(gte(entries.id, first), lt(entries.id, first + count)))
    .orderBy(asc(entries.id));
  return rows.map(({ entry, account, asset }) => ({
    id: entry.id,
    account: accountOf(account),
    asset: assetOf(asset),
    amount: entry.amount,
    balanceAfter: entry.balanceAfter,
  }));
}

async function talliesOf({ reader, tables }: Readable, first: number, count: number): Promise<TallyEntry[]> {
  const { tallyEntries: t } = tables;
  return reader
    .select({
      id: t.id,
      key: t.key,
      amount: t.amount,
      totalAfter: t.totalAfter,
      floor: t.floor,
      ceiling: t.ceiling,
    })
    .from(t)
    .where(and(gte(t.id, first), lt(t.id, first + count)))
    .orderBy(asc(t.id));
}

type AccountRow = Omit<Account, 'key' | 'role'> & { role: string };
type StoredAsset = Omit<AssetRow, 'key' | 'kind' | 'budgetReturns'> & { kind: string; budgetReturns: number };

function accountOf(row: AccountRow): Account {
  const role = row.role as Role;
  const { id, owner, counterparty, floor, ceiling } = row;
  return { id, owner, role, counterparty, floor, ceiling, key: accountKey(owner, role, counterparty) };
}

function assetOf(row: StoredAsset): AssetRow {
  const { id, unit, fund, expiresAt, rateMicro } = row;
  const asset = {
    kind: row.kind as AssetKind,
    unit,
    fund,
    expiresAt,
    rateMicro,
    budgetReturns: row.budgetReturns as 0 | 1,
  };
  return { ...asset, id, key: assetKey(asset) };
}

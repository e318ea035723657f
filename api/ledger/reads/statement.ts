/** An owner's movements, newest first, by the index (account, id). */
import { aliasedTable, and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Role } from '../core/account.ts';
import type { Amount, Instant } from '../core/amount.ts';
import type { AssetKind } from '../core/asset.ts';
import type { Owner } from './balances.ts';

export type StatementLine = {
  entry: number;
  transaction: number;
  kind: string;
  place: string;
  role: Role;
  counterparty: string;
  asset: { kind: AssetKind; unit: string; fund: string; expiresAt: Instant };
  amount: Amount;
  balanceAfter: Amount;
  effectiveAt: Instant;
  bookedAt: Instant;
  reverses: number | null;
};
export type StatementAsked = Owner & {
  roles?: readonly Role[];
  before?: number;
  /** The first entry that counts. */
  since?: number;
  limit: number;
};
export type StatementPage = { lines: StatementLine[]; next: number | undefined };

/** Up to `limit` lines before entry `before`; `next` is the cursor of the page after it. */
export async function statementOf({ reader, tables }: Engine, input: StatementAsked): Promise<StatementPage> {
  const { accounts, assets, entries, transactions } = tables;
  const ids = await newestEntries({ reader, tables }, input);
  const wanted = ids.slice(0, input.limit);
  if (wanted.length === 0) return { lines: [], next: undefined };
  const rows = await reader
    .select({ entry: entries, account: accounts, transaction: transactions, asset: assets })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.account))
    .innerJoin(transactions, eq(transactions.id, entries.tx))
    .innerJoin(assets, eq(assets.id, entries.asset))
    .where(inArray(entries.id, wanted))
    .orderBy(desc(entries.id));
  const lines = rows.map(({ entry, account, transaction, asset }): StatementLine => ({
    entry: entry.id,
    transaction: transaction.id,
    kind: transaction.kind,
    place: transaction.place,
    role: account.role as Role,
    counterparty: account.counterparty,
    asset: {
      kind: asset.kind as AssetKind,
      unit: asset.unit,
      fund: asset.fund,
      expiresAt: asset.expiresAt,
    },
    amount: entry.amount,
    balanceAfter: entry.balanceAfter,
    effectiveAt: entry.effectiveAt,
    bookedAt: transaction.bookedAt,
    reverses: transaction.reverses,
  }));
  return { lines, next: ids.length > input.limit ? wanted.at(-1) : undefined };
}

/** The first entry of a book that was booked at an instant or later; none where nothing was booked since. */
export async function firstEntrySince(
  { reader, tables: { transactions: t } }: Engine,
  { book, at }: { book: number; at: Instant },
): Promise<number | undefined> {
  const [row] = await reader
    .select({ first: t.firstEntry })
    .from(t)
    .where(and(eq(t.book, book), gte(t.bookedAt, at)))
    .orderBy(asc(t.bookedAt), asc(t.id))
    .limit(1);
  return row?.first;
}

/**
 * One more than `limit` entries of an owner, newest first. In one query, however many accounts the owner has (a fund
 * has one for each shop that took its points): of each account no more is read than can be on the page.
 */
async function newestEntries(
  { reader, tables }: Pick<Engine, 'reader' | 'tables'>,
  { book, owner, roles, before, since, limit }: StatementAsked,
): Promise<number[]> {
  const { accounts, entries } = tables;
  const own = aliasedTable(entries, 'own');
  const isBefore = (id: typeof entries.id) => (before === undefined ? undefined : lt(id, before));
  const last = reader
    .select({ id: own.id })
    .from(own)
    .where(and(eq(own.account, accounts.id), isBefore(own.id)))
    .orderBy(desc(own.id))
    .limit(1)
    .offset(limit);
  const rows = await reader
    .select({ id: entries.id })
    .from(accounts)
    .innerJoin(entries, eq(entries.account, accounts.id))
    .where(
      and(
        eq(accounts.book, book),
        eq(accounts.owner, owner),
        roles ? inArray(accounts.role, [...roles]) : undefined,
        gte(entries.id, sql`coalesce((${last}), 0)`),
        isBefore(entries.id),
        since === undefined ? undefined : gte(entries.id, since),
      ),
    )
    .orderBy(desc(entries.id))
    .limit(limit + 1);
  return rows.map(({ id }) => id);
}

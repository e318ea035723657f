/**
 * What an owner has: now, as of a past moment, or as it was booked then. Reads are Drizzle queries that run on both engines; each is held to
 * an index by the plan test.
 */
import { and, asc, desc, eq, gt, inArray, lte, ne, sql } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Role } from '../core/account.ts';
import type { Amount, Instant } from '../core/amount.ts';
import type { AssetKind } from '../core/asset.ts';
import { BOOK_SPAN } from '../core/transaction.ts';
import { breathe } from '../verify/read-book.ts';

export type Balance = {
  account: number;
  asset: number;
  role: Role;
  counterparty: string;
  kind: AssetKind;
  unit: string;
  fund: string;
  expiresAt: Instant;
  rateMicro: number;
  balance: Amount;
};

export type Owner = { book: number; owner: string };

/** What a balance says beside its amount. */
function columnsOf({ accounts, assets }: Engine['tables']) {
  return {
    account: accounts.id,
    asset: assets.id,
    role: accounts.role,
    counterparty: accounts.counterparty,
    kind: assets.kind,
    unit: assets.unit,
    fund: assets.fund,
    expiresAt: assets.expiresAt,
    rateMicro: assets.rateMicro,
  };
}

/** Every position of an owner that is not zero. */
export async function balancesOf({ reader, tables }: Engine, { book, owner }: Owner): Promise<Balance[]> {
  const { accounts, assets, positions } = tables;
  const rows = await reader
    .select({ ...columnsOf(tables), balance: positions.balance })
    .from(accounts)
    .innerJoin(positions, eq(positions.account, accounts.id))
    .innerJoin(assets, eq(assets.id, positions.asset))
    .where(and(eq(accounts.book, book), eq(accounts.owner, owner), ne(positions.balance, 0)));
  return rows.map((row) => ({ ...row, role: row.role as Role, kind: row.kind as AssetKind }));
}

/**
 * What an owner had as of a past effective instant: `balance_after` at the last entry booked by then, plus the entries
 * booked later that took effect by then. Both by the index (account, id) alone, and in a number of queries that does
 * not grow with the number of accounts.
 */
export async function balancesAsOf(
  engine: Engine,
  input: Owner & { effectiveAt: Instant },
): Promise<Balance[]> {
  const boundary = await lastEntryBookedBy(engine, input.book, input.effectiveAt);
  const known = await positionsAtEntry(engine, input, boundary);
  const found = new Map(known.map((line) => [`${line.account}:${line.asset}`, { ...line }]));
  const changed = new Set(known.filter(({ entry }) => entry > boundary).map(({ account }) => account));
  for await (const { account, asset, amount } of lateEntries(engine, { ...input, boundary, changed })) {
    const line = found.get(`${account}:${asset}`);
    if (line) line.balance += amount;
  }
  return [...found.values()].flatMap(({ entry: _, ...line }) => (line.balance === 0 ? [] : line));
}

/**
 * What an owner had right after a transaction of the book, by its `seq`: the balances that were booked then, whatever has
 * been booked since. An owner has nothing at 0, and what they have now at any number not yet given.
 */
export async function balancesAsBooked(engine: Engine, input: Owner & { seq: number }): Promise<Balance[]> {
  const boundary = await lastEntryUpTo(engine, input.book, input.seq);
  const lines = await positionsAtEntry(engine, input, boundary);
  return lines.flatMap(({ entry: _, ...line }) => (line.balance === 0 ? [] : line));
}

/** The last entry of a book up to and with a transaction; entries stand in the order of their transactions. */
async function lastEntryUpTo({ reader, tables }: Engine, book: number, seq: number): Promise<number> {
  const { transactions: t } = tables;
  const low = book * BOOK_SPAN;
  const [last] = await reader
    .select({ first: t.firstEntry, count: t.entryCount })
    .from(t)
    .where(and(gt(t.id, low), lte(t.id, low + Math.min(seq, BOOK_SPAN - 1))))
    .orderBy(desc(t.id))
    .limit(1);
  return last ? last.first + last.count - 1 : low;
}

/** Each position of an owner, with its balance right after its last entry up to `boundary`, and its last entry of all. */
async function positionsAtEntry(
  { reader, tables }: Engine,
  { book, owner }: Owner,
  boundary: number,
): Promise<(Balance & { entry: number })[]> {
  const { accounts, assets, entries, positions } = tables;
  const last = reader
    .select({ balance: entries.balanceAfter })
    .from(entries)
    .where(
      and(
        eq(entries.account, positions.account),
        eq(entries.asset, positions.asset),
        lte(entries.id, boundary),
      ),
    )
    .orderBy(desc(entries.id))
    .limit(1);
  const balance = sql<string | number>`case when ${positions.entry} <= ${boundary} then ${positions.balance}
    else coalesce((${last}), 0) end`;
  const rows = await reader
    .select({ ...columnsOf(tables), entry: positions.entry, balance: balance.mapWith(Number) })
    .from(accounts)
    .innerJoin(positions, eq(positions.account, accounts.id))
    .innerJoin(assets, eq(assets.id, positions.asset))
    .where(and(eq(accounts.book, book), eq(accounts.owner, owner)));
  return rows.map((row) => ({ ...row, role: row.role as Role, kind: row.kind as AssetKind }));
}

/** The last entry of a book booked at or before an instant. */
async function lastEntryBookedBy({ reader, tables }: Engine, book: number, at: Instant): Promise<number> {
  const { transactions } = tables;
  const [last] = await reader
    .select({ first: transactions.firstEntry, count: transactions.entryCount })
    .from(transactions)
    .where(and(eq(transactions.book, book), lte(transactions.bookedAt, at)))
    .orderBy(desc(transactions.bookedAt), desc(transactions.id))
    .limit(1);
  return last ? last.first + last.count - 1 : book * BOOK_SPAN;
}

/** Entries read at once: an owner with very many of them keeps no till waiting. */
const PIECE = 1_000;
/** Accounts asked for at once. */
const GROUP = 200;

/** Entries of accounts after `boundary` that had taken effect by `effectiveAt`, account by account. */
async function* lateEntries(
  { reader, tables }: Engine,
  input: { changed: ReadonlySet<number>; boundary: number; effectiveAt: Instant },
): AsyncGenerator<{ account: number; asset: number; amount: Amount }> {
  const { entries: e } = tables;
  const read = (accounts: readonly number[], after: number) =>
    reader
      .select({ id: e.id, account: e.account, asset: e.asset, amount: e.amount, effectiveAt: e.effectiveAt })
      .from(e)
      .where(and(inArray(e.account, [...accounts]), gt(e.id, after)))
      .orderBy(asc(e.account), asc(e.id))
      .limit(PIECE);
  const waiting = [...input.changed].sort((a, b) => a - b);
  let after = input.boundary;
  while (waiting.length > 0) {
    // Within an account one goes on after its last entry, and the others have to wait for it.
    const isWithin = after > input.boundary;
    const asked = waiting.slice(0, isWithin ? 1 : GROUP);
    const piece = await read(asked, after);
    for (const entry of piece) if (entry.effectiveAt <= input.effectiveAt) yield entry;
    const last = piece.at(-1);
    const isWhole = !last || piece.length < PIECE;
    waiting.splice(0, isWhole ? asked.length : asked.indexOf(last.account));
    after = isWhole ? input.boundary : last.id;
    await breathe();
  }
}

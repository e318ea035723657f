/**
 * What an owner has: now, as of a past moment, or as it was booked then. Reads are Drizzle queries that run on both
 * engines; each is held to an index by the plan test.
 */
import { and, asc, desc, eq, gt, inArray, lt, lte, ne, sql } from 'drizzle-orm';
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

/** A transaction, and the last of its entries. */
type Boundary = { transaction: number; entry: number };
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
 * of late transactions booked since that took effect by then. Both by an index, and in a number of queries that grows
 * with late transactions alone.
 */
export async function balancesAsOf(
  engine: Engine,
  input: Owner & { effectiveAt: Instant },
): Promise<Balance[]> {
  const boundary = await lastBookedBy(engine, input.book, input.effectiveAt);
  const known = await positionsAtEntry(engine, input, boundary.entry);
  const found = new Map(known.map((line) => [`${line.account}:${line.asset}`, { ...line }]));
  const changed = new Set(known.filter(({ entry }) => entry > boundary.entry).map(({ account }) => account));
  const late = { ...input, boundary: boundary.transaction, changed };
  for await (const { account, asset, amount } of changed.size > 0 ? lateEntries(engine, late) : []) {
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
export async function lastEntryUpTo({ reader, tables }: Engine, book: number, seq: number): Promise<number> {
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

/** The last transaction of a book booked at or before an instant. */
async function lastBookedBy({ reader, tables }: Engine, book: number, at: Instant): Promise<Boundary> {
  const { transactions: t } = tables;
  const [last] = await reader
    .select({ id: t.id, first: t.firstEntry, count: t.entryCount })
    .from(t)
    .where(and(eq(t.book, book), lte(t.bookedAt, at)))
    .orderBy(desc(t.bookedAt), desc(t.id))
    .limit(1);
  const start = book * BOOK_SPAN;
  return last
    ? { transaction: last.id, entry: last.first + last.count - 1 }
    : { transaction: start, entry: start };
}

/** Late transactions read at once. */
const PIECE = 1_000;
/** Their entries asked for at once: far fewer than the parameters that a statement may have, and no till waits for them. */
const IDS_AT_ONCE = 2_000;

/**
 * Entries of accounts, booked after `boundary`, that had taken effect by `effectiveAt`. Only late transactions have such
 * entries, and they have an index of their own: what else was booked since is not looked at.
 */
async function* lateEntries(
  { reader, tables }: Engine,
  input: { book: number; changed: ReadonlySet<number>; boundary: number; effectiveAt: Instant },
): AsyncGenerator<{ account: number; asset: number; amount: Amount }> {
  const { transactions: t, entries: e } = tables;
  for (let after = input.boundary; ;) {
    const late = await reader
      .select({ id: t.id, first: t.firstEntry, count: t.entryCount, effectiveAt: t.effectiveAt })
      .from(t)
      .where(and(eq(t.book, input.book), gt(t.id, after), lt(t.effectiveAt, t.bookedAt)))
      .orderBy(asc(t.id))
      .limit(PIECE);
    const ids = late
      .filter(({ effectiveAt }) => effectiveAt <= input.effectiveAt)
      .flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i));
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
      const rows = await reader
        .select({ account: e.account, asset: e.asset, amount: e.amount })
        .from(e)
        .where(inArray(e.id, ids.slice(from, from + IDS_AT_ONCE)));
      for (const row of rows) if (input.changed.has(row.account)) yield row;
    }
    const last = late.at(-1);
    if (!last || late.length < PIECE) return;
    after = last.id;
    await breathe();
  }
}

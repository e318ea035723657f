/**
 * What an owner has, now or as of a past moment. Reads are Drizzle queries that run on both engines; each is held to
 * an index by the plan test.
 */
import { and, asc, desc, eq, gt, inArray, lte, ne } from 'drizzle-orm';
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

/** Every position of an owner that is not zero. */
export async function balancesOf({ reader, tables }: Engine, { book, owner }: Owner): Promise<Balance[]> {
  const { accounts, assets, positions } = tables;
  const rows = await reader
    .select({
      account: accounts.id,
      asset: assets.id,
      role: accounts.role,
      counterparty: accounts.counterparty,
      kind: assets.kind,
      unit: assets.unit,
      fund: assets.fund,
      expiresAt: assets.expiresAt,
      rateMicro: assets.rateMicro,
      balance: positions.balance,
    })
    .from(accounts)
    .innerJoin(positions, eq(positions.account, accounts.id))
    .innerJoin(assets, eq(assets.id, positions.asset))
    .where(and(eq(accounts.book, book), eq(accounts.owner, owner), ne(positions.balance, 0)));
  return rows.map((row) => ({ ...row, role: row.role as Role, kind: row.kind as AssetKind }));
}

/**
 * What an owner had as of a past effective instant: `balance_after` at the last entry booked by then, plus the entries
 * booked later that took effect by then. Both by the index (account, id) alone.
 */
export async function balancesAsOf(
  engine: Engine,
  input: Owner & { effectiveAt: Instant },
): Promise<Balance[]> {
  const { reader, tables } = engine;
  const { accounts, assets } = tables;
  const boundary = await lastEntryBookedBy(engine, input.book, input.effectiveAt);
  const owned = await reader
    .select()
    .from(accounts)
    .where(and(eq(accounts.book, input.book), eq(accounts.owner, input.owner)));
  const found = new Map<string, { account: number; asset: number; balance: Amount }>();
  for (const { id: account } of owned) {
    for (const { asset, balance } of await balancesAtEntry(engine, account, boundary)) {
      found.set(`${account}:${asset}`, { account, asset, balance });
    }
    for await (const { asset, amount } of lateEntries(engine, { ...input, account, boundary })) {
      const key = `${account}:${asset}`;
      found.set(key, { account, asset, balance: (found.get(key)?.balance ?? 0) + amount });
    }
  }
  const lines = [...found.values()].filter((line) => line.balance !== 0);
  if (lines.length === 0) return [];
  const ids = [...new Set(lines.map((line) => line.asset))];
  const assetRows = await reader.select().from(assets).where(inArray(assets.id, ids));
  const assetById = new Map(assetRows.map((row) => [row.id, row]));
  const accountById = new Map(owned.map((row) => [row.id, row]));
  return lines.flatMap(({ account, asset, balance }) => {
    const a = accountById.get(account);
    const s = assetById.get(asset);
    if (!a || !s) return [];
    return {
      account,
      asset,
      role: a.role as Role,
      counterparty: a.counterparty,
      kind: s.kind as AssetKind,
      unit: s.unit,
      fund: s.fund,
      expiresAt: s.expiresAt,
      rateMicro: s.rateMicro,
      balance,
    };
  });
}

/** The balance of each asset of an account right after its last entry up to `boundary`. */
async function balancesAtEntry(
  { reader, tables }: Engine,
  account: number,
  boundary: number,
): Promise<{ asset: number; balance: Amount }[]> {
  const { entries, positions } = tables;
  const held = await reader
    .select({ asset: positions.asset, balance: positions.balance, entry: positions.entry })
    .from(positions)
    .where(eq(positions.account, account));
  const found: { asset: number; balance: Amount }[] = [];
  for (const { asset, balance, entry } of held) {
    if (entry <= boundary) {
      found.push({ asset, balance });
      continue;
    }
    const [last] = await reader
      .select({ balance: entries.balanceAfter })
      .from(entries)
      .where(and(eq(entries.account, account), eq(entries.asset, asset), lte(entries.id, boundary)))
      .orderBy(desc(entries.id))
      .limit(1);
    if (last) found.push({ asset, balance: last.balance });
  }
  return found;
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

const PIECE = 1_000;

/**
 * Entries of an account after `boundary` that had taken effect by `effectiveAt`. Read in pieces: an owner with very many
 * entries since then keeps no till waiting.
 */
async function* lateEntries(
  { reader, tables }: Engine,
  input: { account: number; boundary: number; effectiveAt: Instant },
): AsyncGenerator<{ asset: number; amount: Amount }> {
  const { entries: e } = tables;
  for (let after = input.boundary; ;) {
    const piece = await reader
      .select({ id: e.id, asset: e.asset, amount: e.amount, effectiveAt: e.effectiveAt })
      .from(e)
      .where(and(eq(e.account, input.account), gt(e.id, after)))
      .orderBy(asc(e.id))
      .limit(PIECE);
    for (const entry of piece) if (entry.effectiveAt <= input.effectiveAt) yield entry;
    const last = piece.at(-1);
    if (!last || piece.length < PIECE) return;
    after = last.id;
    await breathe();
  }
}

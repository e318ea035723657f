/** An owner's movements, newest first, by the index (account, id). */
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
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
export type StatementPage = { lines: StatementLine[]; next: number | undefined };

/** Up to `limit` lines before entry `before`; `next` is the cursor of the page after it. */
export async function statementOf(
  { reader, tables }: Engine,
  input: Owner & { roles?: readonly Role[]; before?: number; limit: number },
): Promise<StatementPage> {
  const { accounts, assets, entries, transactions } = tables;
  const owned = await reader
    .select({ id: accounts.id, role: accounts.role, counterparty: accounts.counterparty })
    .from(accounts)
    .where(
      and(
        eq(accounts.book, input.book),
        eq(accounts.owner, input.owner),
        input.roles ? inArray(accounts.role, [...input.roles]) : undefined,
      ),
    );
  const pages = await Promise.all(
    owned.map((account) =>
      reader
        .select({ id: entries.id, account: entries.account })
        .from(entries)
        .where(
          and(
            eq(entries.account, account.id),
            input.before === undefined ? undefined : lt(entries.id, input.before),
          ),
        )
        .orderBy(desc(entries.id))
        .limit(input.limit + 1),
    ),
  );
  const ids = pages
    .flat()
    .map((row) => row.id)
    .sort((a, b) => b - a);
  const wanted = ids.slice(0, input.limit);
  if (wanted.length === 0) return { lines: [], next: undefined };
  const rows = await reader
    .select({ entry: entries, transaction: transactions, asset: assets })
    .from(entries)
    .innerJoin(transactions, eq(transactions.id, entries.tx))
    .innerJoin(assets, eq(assets.id, entries.asset))
    .where(inArray(entries.id, wanted))
    .orderBy(desc(entries.id));
  const accountById = new Map(owned.map((row) => [row.id, row]));
  const lines = rows.map(({ entry, transaction, asset }): StatementLine => {
    const account = accountById.get(entry.account);
    return {
      entry: entry.id,
      transaction: transaction.id,
      kind: transaction.kind,
      place: transaction.place,
      role: (account?.role ?? 'available') as Role,
      counterparty: account?.counterparty ?? '',
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
    };
  });
  return { lines, next: ids.length > input.limit ? wanted.at(-1) : undefined };
}

/** Rows that nothing asks for: accounts and assets without an entry, and whatever belongs to no book. */
import { and, eq, getTableName, gt, lt, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { BookCheck } from './check-book.ts';
import type { Findings } from './finding.ts';
import { rangeOf, type Names } from './read-book.ts';

/** Accounts and assets that no entry uses were put there by somebody else, unless what opened them was booked later. */
export async function checkUse(
  { reader, tables }: Engine,
  check: BookCheck,
  names: Names,
  last: number,
): Promise<void> {
  const { entries: e } = tables;
  const { high } = rangeOf(check.book);
  const isUsedLater = async (about: SQL): Promise<boolean> =>
    (
      await reader
        .select({ id: e.id })
        .from(e)
        .where(and(gt(e.id, last), lt(e.id, high), about))
        .limit(1)
    ).length > 0;
  for (const id of names.accounts.keys()) {
    if (check.usedAccounts.has(id) || (await isUsedLater(eq(e.account, id)))) continue;
    check.report(null, { rule: 2, zh: `账户 ${id} 没有任何分录`, en: `account ${id} has no entry` });
  }
  for (const id of names.assets.keys()) {
    if (check.usedAssets.has(id) || (await isUsedLater(eq(e.asset, id)))) continue;
    check.report(null, { rule: 2, zh: `资产 ${id} 没有任何分录`, en: `asset ${id} has no entry` });
  }
}

/** Rows that belong to no book at all. */
export async function checkStrays(
  engine: Engine,
  books: readonly { id: number }[],
  findings: Findings,
): Promise<void> {
  const known = new Set(books.map((b) => b.id));
  const { accounts, assets, holds, keys, positions, tallies, transactions } = engine.tables;
  const { reader } = engine;
  const report = (book: number, table: string): void =>
    findings.add({
      rule: 1,
      book,
      transaction: null,
      zh: `表 ${table} 里有不属于任何账簿的记录`,
      en: `table ${table} has rows of no book`,
    });
  for (const table of [accounts, assets, transactions, keys, tallies, holds] as const) {
    const found = await reader.selectDistinct({ book: table.book }).from(table);
    for (const { book } of found) if (!known.has(book)) report(book, getTableName(table));
  }
  const owned = new Set((await reader.select({ id: accounts.id }).from(accounts)).map((row) => row.id));
  const held = await reader.selectDistinct({ account: positions.account }).from(positions);
  for (const { account } of held) if (!owned.has(account)) report(0, 'positions');
}

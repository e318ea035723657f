/** Rows that nothing asks for: accounts and assets without an entry, and whatever belongs to no book. */
import { and, asc, getTableName, gt, gte, lt, lte } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { BOOK_SPAN } from '../core/transaction.ts';
import type { BookCheck } from './check-book.ts';
import type { Findings } from './finding.ts';
import { accountsOf, assetsOf } from './names.ts';
import { rangeOf } from './read-book.ts';

/**
 * Each account and asset has a name of its own, an id of the book and an entry. Returns what is to be asked once the
 * transactions that came meanwhile were followed: one without an entry so far was put there by somebody else, unless
 * one of them has opened it.
 */
export async function checkUse(engine: Engine, check: BookCheck): Promise<() => void> {
  const { low, high } = rangeOf(check.book);
  const unused = { accounts: [] as number[], assets: [] as number[] };
  const meet = (row: { id: number; key: string }, previous: string): void => {
    if (row.key === previous) {
      const [zh, en] = [`重复的账户或资产 ${row.key}`, `account or asset ${row.key} stands twice`];
      check.report(null, { rule: 2, zh, en });
    }
    if (row.id > low && row.id < high) return;
    const [zh, en] = [
      `账户或资产 ${row.id} 的编号不属于本账簿`,
      `account or asset ${row.id} has no id of the book`,
    ];
    check.report(null, { rule: 2, zh, en });
  };
  let previous = '';
  for await (const piece of accountsOf(engine, check.book)) {
    for (const account of piece) {
      meet(account, previous);
      previous = account.key;
      if (!check.usedAccounts.has(account.id)) unused.accounts.push(account.id);
    }
  }
  const names = new Set<string>();
  for await (const piece of assetsOf(engine, check.book)) {
    for (const asset of piece) {
      meet(asset, names.has(asset.key) ? asset.key : '');
      names.add(asset.key);
      if (!check.usedAssets.has(asset.id)) unused.assets.push(asset.id);
    }
  }
  return () => {
    for (const id of unused.accounts) {
      if (check.usedAccounts.has(id)) continue;
      check.report(null, { rule: 2, zh: `账户 ${id} 没有任何分录`, en: `account ${id} has no entry` });
    }
    for (const id of unused.assets) {
      if (check.usedAssets.has(id)) continue;
      check.report(null, { rule: 2, zh: `资产 ${id} 没有任何分录`, en: `asset ${id} has no entry` });
    }
  };
}

type Stray = { book: number; table: string };

/** Rows that belong to no book at all. One that is opened meanwhile has a row by the time its rows are seen. */
export async function checkStrays(engine: Engine, findings: Findings): Promise<void> {
  let books = await booksOf(engine);
  for (;;) {
    const strays = await straysBeside(engine, books);
    const now = strays.length === 0 ? books : await booksOf(engine);
    if (now.length === books.length) {
      for (const { book, table } of strays) {
        const [zh, en] = [`表 ${table} 里有不属于任何账簿的记录`, `table ${table} has rows of no book`];
        findings.add({ rule: 1, book, transaction: null, zh, en });
      }
      return;
    }
    books = now;
  }
}

async function booksOf({ reader, tables }: Engine): Promise<number[]> {
  const { books } = tables;
  return (await reader.select({ id: books.id }).from(books).orderBy(asc(books.id))).map(({ id }) => id);
}

/** Of each table the first row in each of the gaps between books: by the number of its book, and by its id. */
async function straysBeside({ reader, tables }: Engine, books: readonly number[]): Promise<Stray[]> {
  const strays: Stray[] = [];
  const { accounts, assets, entries, holds, keys, positions, tallies, tallyEntries, transactions } = tables;
  const edges = [undefined, ...books, undefined];
  for (let i = 1; i < edges.length; i++) {
    const [before, next] = [edges[i - 1], edges[i]];
    for (const table of [accounts, assets, transactions, keys, tallies, holds] as const) {
      const [row] = await reader
        .select({ book: table.book })
        .from(table)
        .where(
          and(
            before === undefined ? undefined : gt(table.book, before),
            next === undefined ? undefined : lt(table.book, next),
          ),
        )
        .orderBy(asc(table.book))
        .limit(1);
      if (row) strays.push({ book: row.book, table: getTableName(table) });
    }
    const ids = [
      [accounts, accounts.id],
      [assets, assets.id],
      [transactions, transactions.id],
      [entries, entries.id],
      [tallyEntries, tallyEntries.id],
      [positions, positions.account],
    ] as const;
    for (const [table, id] of ids) {
      const [row] = await reader
        .select({ id })
        .from(table)
        .where(
          and(
            before === undefined ? undefined : gte(id, rangeOf(before).high),
            next === undefined ? undefined : lte(id, rangeOf(next).low),
          ),
        )
        .orderBy(asc(id))
        .limit(1);
      if (row) strays.push({ book: Math.floor(row.id / BOOK_SPAN), table: getTableName(table) });
    }
  }
  return strays;
}

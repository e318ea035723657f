/** The accounts and assets of a book by id: those that a piece of entries names, and all of them in pieces. */
import { and, asc, eq, gt, inArray, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Account } from '../core/account.ts';
import { assetKey, type AssetKind, type AssetRow } from '../core/asset.ts';
import { accountOf } from '../stored-rows.ts';
import { breathe, isAfter, PIECE, ROWS } from './read-book.ts';

/** So many accounts are remembered; a book may have millions. */
const MOST_ACCOUNTS = 200_000;

/** The accounts and assets that entries name, looked up as they come. Assets are few and all stay. */
export class Names {
  readonly #engine: Pick<Engine, 'reader' | 'tables'>;
  readonly #book: number;
  #accounts = new Map<number, Account>();
  readonly #assets = new Map<number, AssetRow>();

  constructor(engine: Pick<Engine, 'reader' | 'tables'>, book: number) {
    this.#engine = engine;
    this.#book = book;
  }

  /** To be awaited before `account` and `asset` are asked for what these rows name. */
  async meet(rows: readonly { account: number; asset: number }[]): Promise<void> {
    if (this.#accounts.size > MOST_ACCOUNTS) this.#accounts = new Map();
    const accounts = new Set<number>();
    const assets = new Set<number>();
    for (const { account, asset } of rows) {
      if (!this.#accounts.has(account)) accounts.add(account);
      if (!this.#assets.has(asset)) assets.add(asset);
    }
    const { reader, tables } = this.#engine;
    const { accounts: a, assets: s } = tables;
    for (const ids of piecesOf([...accounts], PIECE)) {
      const found = await reader
        .select()
        .from(a)
        .where(and(inArray(a.id, ids), eq(a.book, this.#book)));
      for (const row of found) this.#accounts.set(row.id, accountOf(row));
    }
    for (const ids of piecesOf([...assets], PIECE)) {
      const found = await reader
        .select()
        .from(s)
        .where(and(inArray(s.id, ids), eq(s.book, this.#book)));
      for (const row of found) this.#assets.set(row.id, assetOf(row));
    }
  }

  account(id: number): Account {
    return this.#accounts.get(id) ?? { ...LOST_ACCOUNT, id };
  }

  asset(id: number): AssetRow {
    return this.#assets.get(id) ?? { ...LOST_ASSET, id };
  }
}

function piecesOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function assetOf(
  row: Omit<AssetRow, 'kind' | 'budgetReturns' | 'key'> & { kind: string; budgetReturns: number },
) {
  const asset = { ...row, kind: row.kind as AssetKind, budgetReturns: row.budgetReturns as 0 | 1 };
  return { ...asset, key: assetKey(asset) };
}

/** Every account of a book, in pieces, in the order of their names; two of one name follow each other. */
export async function* accountsOf({ reader, tables }: Engine, book: number): AsyncGenerator<Account[]> {
  const { accounts: a } = tables;
  let after: SQL | undefined;
  for (;;) {
    const rows = await reader
      .select()
      .from(a)
      .where(and(eq(a.book, book), after))
      .orderBy(asc(a.owner), asc(a.role), asc(a.counterparty), asc(a.id))
      .limit(ROWS);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(accountOf);
    if (rows.length < ROWS) return;
    after = isAfter(
      [a.owner, last.owner],
      [a.role, last.role],
      [a.counterparty, last.counterparty],
      [a.id, last.id],
    );
    await breathe();
  }
}

/** Every asset of a book, in pieces. */
export async function* assetsOf({ reader, tables }: Engine, book: number): AsyncGenerator<AssetRow[]> {
  const { assets: s } = tables;
  let after: number | undefined;
  for (;;) {
    const rows = await reader
      .select()
      .from(s)
      .where(and(eq(s.book, book), after === undefined ? undefined : gt(s.id, after)))
      .orderBy(asc(s.id))
      .limit(ROWS);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(assetOf);
    if (rows.length < ROWS) return;
    after = last.id;
    await breathe();
  }
}

const LOST_ACCOUNT: Omit<Account, 'id'> = {
  key: '',
  owner: '?',
  role: 'receivable',
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

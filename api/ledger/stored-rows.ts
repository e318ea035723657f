/** Rows as the database gives them, and what both stores make of them. */
import { accountKey, type Account, type Role } from './core/account.ts';
import { assetKey, type AssetKind, type AssetRow } from './core/asset.ts';
import type { Cell } from './core/command.ts';
import type { Entry, TallyEntry, Transaction } from './core/transaction.ts';
import type { State } from './core/state.ts';
import type { CellType, RowTables } from './store.ts';

export type AccountRow = {
  id: number;
  owner: string;
  role: string;
  counterparty: string;
  floor: number | null;
  ceiling: number | null;
};
export type AssetRecord = {
  id: number;
  kind: string;
  unit: string;
  fund: string;
  expires_at: number;
  rate_micro: number;
  budget_returns: number;
};
export type TransactionRow = {
  id: number;
  book: number;
  seq: number;
  format: number;
  place: string;
  kind: string;
  effective_at: number;
  booked_at: number;
  original_effective_at: number | null;
  unit_id: string;
  actor: string;
  source: string;
  hold_id: string | null;
  reverses: number | null;
  rule_version: string | null;
  terms: string | null;
  memo_commitment: string | null;
  first_entry: number;
  entry_count: number;
  first_tally: number;
  tally_count: number;
  hash: string;
};
export type EntryRow = {
  id: number;
  tx: number;
  account: number;
  asset: number;
  amount: number;
  balance_after: number;
  effective_at: number;
};

export function accountOf(row: AccountRow): Account {
  const role = row.role as Role;
  const { id, owner, counterparty, floor, ceiling } = row;
  return { id, key: accountKey(owner, role, counterparty), owner, role, counterparty, floor, ceiling };
}

export function assetOf(row: AssetRecord): AssetRow {
  const asset = {
    kind: row.kind as AssetKind,
    unit: row.unit,
    fund: row.fund,
    expiresAt: row.expires_at,
    rateMicro: row.rate_micro,
    budgetReturns: row.budget_returns as 0 | 1,
  };
  return { ...asset, id: row.id, key: assetKey(asset) };
}

export function transactionOf(row: TransactionRow, entries: Entry[], tallies: TallyEntry[]): Transaction {
  return {
    id: row.id,
    book: row.book,
    seq: row.seq,
    place: row.place,
    kind: row.kind,
    effectiveAt: row.effective_at,
    bookedAt: row.booked_at,
    originalEffectiveAt: row.original_effective_at,
    unitId: row.unit_id,
    actor: row.actor,
    source: row.source,
    holdId: row.hold_id,
    reverses: row.reverses,
    ruleVersion: row.rule_version,
    terms: row.terms,
    memoCommitment: row.memo_commitment,
    entries,
    tallies,
    hash: row.hash,
  };
}

/** The columns of a table that units may write; anything else is a bug of ours, not a refusal. */
export function rowTable(tables: RowTables, table: string): ReadonlyMap<string, CellType> {
  const columns = tables.get(table);
  if (!columns) throw new Error(`no unit may write table ${table}`);
  return columns;
}

export type RowWrite = {
  table: string;
  id: string;
  inserted: boolean;
  columns: string[];
  values: (string | number | null)[];
};

/** The collapsed change of each row, its cells in the database's spelling. */
export function rowWrites(state: State, tables: RowTables): RowWrite[] {
  return state.changedRows().map(({ table, id, inserted, change }) => {
    const known = rowTable(tables, table);
    const columns: string[] = [];
    const values: (string | number | null)[] = [];
    for (const [column, cell] of Object.entries(change ?? {})) {
      if (!known.has(column)) throw new Error(`table ${table} has no column ${column}`);
      columns.push(column);
      values.push(plain(cell));
    }
    return { table, id, inserted, columns, values };
  });
}

function plain(cell: Cell): string | number | null {
  if (typeof cell === 'object' && cell !== null) throw new Error('a planned cell was left open');
  return cell;
}

export type HoldRow = {
  id: string;
  tx: number;
  member: string;
  redeemer: string;
  place: string;
  endsAt: number;
  lines: string;
};

/** The rows of `holds` that a batch's hold transactions make: the same facts as their terms and entries. */
export function newHolds(transactions: readonly Transaction[]): HoldRow[] {
  return transactions.flatMap((t) => {
    if (t.kind !== 'hold' || t.terms === null) return [];
    const { hold } = JSON.parse(t.terms) as {
      hold: { id: string; member: string; redeemer: string; endsAt: number };
    };
    const lines = t.entries.filter((e) => isHeld(e.account)).map((e) => [e.asset.id, e.amount]);
    return [{ ...hold, tx: t.id, place: t.place, lines: JSON.stringify(lines) }];
  });
}

function isHeld(account: Account): boolean {
  return account.role === 'held';
}

/** The row of `books` that a founding transaction makes. */
export function newBook(
  transactions: readonly Transaction[],
): { id: number; code: string; name: string; createdAt: number } | undefined {
  const founding = transactions.find((t) => t.kind === 'open');
  if (!founding?.terms) return undefined;
  const { book } = JSON.parse(founding.terms) as { book: { code: string; name: string; createdAt: number } };
  return { id: founding.book, ...book };
}

/** The id of the first entry (or tally entry) of a batch, from the last one that its planning gave. */
export function firstId(
  last: number,
  transactions: readonly Transaction[],
  count: (t: Transaction) => number,
): number {
  return last + 1 - transactions.reduce((sum, t) => sum + count(t), 0);
}

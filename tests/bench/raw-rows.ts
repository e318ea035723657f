/**
 * The rows that a journal has written since they were last read, in the batches in which `raw` writes them again. What
 * `raw` writes is thereby equal to what the journal wrote, down to the hashes.
 */

export const TABLES = ['transactions', 'entries', 'keys', 'positions'] as const;
export type TableName = (typeof TABLES)[number];
export type Cell = string | number | null;
export type RawBatch = Readonly<Record<TableName, Cell[][]>>;

/** In the order of the tables' columns. */
export const COLUMNS: Readonly<Record<TableName, string>> = {
  transactions:
    'id, book, seq, format, place, kind, effective_at, booked_at, original_effective_at, unit_id, actor, source, hold_id, reverses, rule_version, terms, memo_commitment, first_entry, entry_count, first_tally, tally_count, hash',
  entries: 'id, tx, account, asset, amount, balance_after, effective_at',
  keys: 'book, scope, key, request_hash, unit_id, status, answer, first_seq, last_seq, booked_at, hash',
  positions: 'account, asset, balance, entry',
};

/** Where a column stands among `COLUMNS`. */
function columnOf(table: TableName, column: string): number {
  return COLUMNS[table].split(', ').indexOf(column);
}

/**
 * Cuts rows into batches of so many transactions. Each batch's positions are those that its entries leave behind,
 * written once, as the journal collapses its own.
 */
export function batchesOf(
  rows: { transactions: Cell[][]; entries: Cell[][]; keys: Cell[][] },
  size: number,
): RawBatch[] {
  const entriesByTransaction = grouped(rows.entries, columnOf('entries', 'tx'));
  const keysBySeq = grouped(rows.keys, columnOf('keys', 'first_seq'));
  const batches: RawBatch[] = [];
  for (let from = 0; from < rows.transactions.length; from += size) {
    const transactions = rows.transactions.slice(from, from + size);
    const entries = transactions.flatMap((t) => entriesByTransaction.get(t[0] ?? null) ?? []);
    const keys = transactions.flatMap((t) => keysBySeq.get(t[columnOf('transactions', 'seq')] ?? null) ?? []);
    batches.push({ transactions, entries, keys, positions: leftBehind(entries) });
  }
  return batches;
}

function grouped(rows: readonly Cell[][], column: number): Map<Cell, Cell[][]> {
  const groups = new Map<Cell, Cell[][]>();
  for (const row of rows) {
    const group = groups.get(row[column] ?? null);
    if (group) group.push(row);
    else groups.set(row[column] ?? null, [row]);
  }
  return groups;
}

function leftBehind(entries: readonly Cell[][]): Cell[][] {
  const last = new Map<string, Cell[]>();
  const [account, asset] = [columnOf('entries', 'account'), columnOf('entries', 'asset')];
  const [balance, id] = [columnOf('entries', 'balance_after'), columnOf('entries', 'id')];
  const cell = (row: Cell[], column: number): Cell => row[column] ?? null;
  for (const row of entries) {
    const position = [account, asset, balance, id].map((column) => cell(row, column));
    last.set(`${position[0]}:${position[1]}`, position);
  }
  return [...last.values()];
}

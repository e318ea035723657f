/**
 * The cells of rows that were read. Of a long file they are half of what is held, and few are asked for again: those of
 * rows that turn out to be refused. So they are kept as a fraction of their size until then.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Steps } from './in-turns.ts';
import type { TableFile } from './table.ts';

type Cells = readonly string[];
type PutAway = { readonly from: number; readonly blocks: Buffer[]; opened: number; rows: readonly Cells[] };

const ROWS_A_BLOCK = 500;
const NO_CELLS: Cells = [];
const packed = new WeakMap<TableFile, PutAway>();

/** In steps, from the row with this index on: `table.rows` is then empty from there, and `cellsOf` finds what was in it. */
export function* putAway(table: TableFile, from: number): Steps<void> {
  const rows = table.rows as Cells[];
  const kept: PutAway = { from, blocks: [], opened: -1, rows: NO_ROWS };
  packed.set(table, kept);
  for (let at = from; at < rows.length; at += ROWS_A_BLOCK) {
    const some = JSON.stringify(rows.slice(at, at + ROWS_A_BLOCK));
    kept.blocks.push(deflateRawSync(some, { level: 1 }));
    rows.fill(NO_CELLS, at, at + ROWS_A_BLOCK);
    yield;
  }
}

const NO_ROWS: readonly Cells[] = [];

/** The cells of the row with this index, wherever they are. */
export function cellsOf(table: TableFile, index: number): Cells {
  const kept = packed.get(table);
  if (kept === undefined || index < kept.from) return table.rows[index] ?? NO_CELLS;
  const block = Math.floor((index - kept.from) / ROWS_A_BLOCK);
  const bytes = kept.blocks[block];
  if (bytes === undefined) return NO_CELLS;
  // Rows are refused in their order: the same block many times over.
  if (kept.opened !== block) {
    kept.rows = JSON.parse(inflateRawSync(bytes).toString()) as Cells[];
    kept.opened = block;
  }
  return kept.rows[(index - kept.from) % ROWS_A_BLOCK] ?? NO_CELLS;
}

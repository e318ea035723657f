import type { TableFile } from './table.ts';

/**
 * The cell's text, or that of the merged cell which covers it from above. For names and house columns only: an amount
 * merged over three rows is one amount, not three.
 */
export type CellReader = (row: number, column: number) => string;

export function mergedReader(table: TableFile): CellReader {
  const byColumn = new Map<number, { top: number; bottom: number }[]>();
  for (const merge of table.merges) {
    if (merge.bottom <= merge.top) continue;
    const ranges = byColumn.get(merge.left) ?? [];
    ranges.push(merge);
    byColumn.set(merge.left, ranges);
  }
  for (const ranges of byColumn.values()) ranges.sort((a, b) => a.top - b.top);

  return (row, column) => {
    const own = table.rows[row]?.[column] ?? '';
    const ranges = own === '' ? byColumn.get(column) : undefined;
    const top = ranges === undefined ? undefined : coveringTop(ranges, row);
    return top === undefined ? own : (table.rows[top]?.[column] ?? '');
  };
}

/** Merged ranges never overlap, so the last that starts at or above the row is the only one that can cover it. */
function coveringTop(ranges: readonly { top: number; bottom: number }[], row: number): number | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.top ?? 0) <= row) low = middle + 1;
    else high = middle;
  }
  const found = ranges[low - 1];
  return found !== undefined && found.bottom >= row ? found.top : undefined;
}

/**
 * How the rows of one call go side by side: a customer's rows one after the other, as they stand, since each is worked
 * out from what the one before left of the day; different customers' at once. A receipt that stands twice counts once.
 */
export const BATCH_ROWS = 1_000;

export type Line<Row> = { readonly at: number; readonly row: Row };

type Named = { readonly who: string; readonly receipt: string };

/** One line a customer, in the order of their first row; `twice` are the places of rows that repeat a receipt. */
export function linesOf<Row extends Named>(
  rows: readonly Line<Row>[],
): { readonly lines: Line<Row>[][]; readonly twice: readonly number[] } {
  const lines = new Map<string, Line<Row>[]>();
  const receipts = new Set<string>();
  const twice: number[] = [];
  for (const line of rows) {
    const { who, receipt } = line.row;
    if (receipts.has(receipt)) {
      twice.push(line.at);
      continue;
    }
    receipts.add(receipt);
    const before = lines.get(who);
    if (before) before.push(line);
    else lines.set(who, [line]);
  }
  return { lines: [...lines.values()], twice };
}

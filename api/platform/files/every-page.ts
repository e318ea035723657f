import { setImmediate as nextTurn } from 'node:timers/promises';

/** How many rows a file reads at once: a page of the list that it is made of. */
const AT_ONCE = 100;

/**
 * All of a list for a file, page after page, each asked for with the key of the row before it. Between two pages others
 * have their turn: SQLite answers at once, and a year of a street would keep a till waiting.
 */
export async function* everyPage<Row, Key = string>(
  read: (page: { before?: Key; limit: number }) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): AsyncGenerator<readonly Row[]> {
  for (let before: Key | undefined; ;) {
    const rows = await read({ limit: AT_ONCE, ...(before !== undefined && { before }) });
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    before = keyOf(last);
    await nextTurn();
  }
}

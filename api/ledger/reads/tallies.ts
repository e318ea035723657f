/** What counters stand at: caps, numbers, closed months. Zero for one that was never moved. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { together } from '../../platform/index.ts';

/** By `book key`; a key may hold spaces of its own. */
const totals = together(async ({ db, tables: { tallies } }: Engine, wanted) => {
  const keysByBook = new Map<number, string[]>();
  for (const one of wanted) {
    const space = one.indexOf(' ');
    const book = Number(one.slice(0, space));
    keysByBook.set(book, [...(keysByBook.get(book) ?? []), one.slice(space + 1)]);
  }
  const found = new Map<string, number>();
  for (const [book, keys] of keysByBook) {
    const rows = await db
      .select({ key: tallies.key, total: tallies.total })
      .from(tallies)
      .where(and(eq(tallies.book, book), inArray(tallies.key, keys)));
    for (const { key, total } of rows) found.set(`${book} ${key}`, total);
  }
  return found;
});

export async function tallyTotals(
  engine: Engine,
  { book, keys }: { book: number; keys: readonly string[] },
): Promise<Map<string, number>> {
  const each = keys.map(async (key): Promise<[string, number]> => [
    key,
    (await totals(engine, `${book} ${key}`)) ?? 0,
  ]);
  return new Map(await Promise.all(each));
}

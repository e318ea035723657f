/** What counters stand at: caps, numbers, closed months. Zero for one that was never moved. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';

export async function tallyTotals(
  { db, tables }: Engine,
  input: { book: number; keys: readonly string[] },
): Promise<Map<string, number>> {
  const { tallies } = tables;
  const found = new Map(input.keys.map((key) => [key, 0]));
  if (found.size === 0) return found;
  const rows = await db
    .select({ key: tallies.key, total: tallies.total })
    .from(tallies)
    .where(and(eq(tallies.book, input.book), inArray(tallies.key, [...found.keys()])));
  for (const { key, total } of rows) found.set(key, total);
  return found;
}

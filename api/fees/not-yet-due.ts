/** Offsets that a posted list did not have to have, because they were handed over after it was drawn up. */
import { and, count, desc, eq, lt, sum } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Offset } from './offsets.ts';

/** How many wait for a later list, and how much they are. */
export async function notYetDueOf(
  { reader, tables }: Engine,
  list: string,
): Promise<{ count: number; valueFen: number }> {
  const { offsetsNotYetDue: n, offsets: t } = tables;
  const [found] = await reader
    .select({ count: count(), valueFen: sum(t.valueFen) })
    .from(n)
    .innerJoin(t, eq(t.id, n.offsetId))
    .where(eq(n.import, list));
  return { count: found?.count ?? 0, valueFen: Number(found?.valueFen ?? 0) };
}

/** As they stand now: a later list may have posted them. The newest first, before the offset `before`. */
export async function listNotYetDue(
  { reader, tables }: Engine,
  input: { import: string; before?: string; limit: number },
): Promise<Offset[]> {
  const { offsetsNotYetDue: n, offsets: t } = tables;
  const rows = await reader
    .select({ offset: t })
    .from(n)
    .innerJoin(t, eq(t.id, n.offsetId))
    .where(
      and(eq(n.import, input.import), input.before === undefined ? undefined : lt(n.offsetId, input.before)),
    )
    .orderBy(desc(n.offsetId))
    .limit(input.limit);
  return rows.map(({ offset }) => offset);
}

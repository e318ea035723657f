/** What is there already, of which the first one counts. */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Place } from '../places/index.ts';

/** The estates that have houses. */
export async function withHouses(
  { reader, tables: { houses: t } }: Engine,
  estates: readonly Place[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { id } of estates) {
    const [house] = await reader.select({ id: t.id }).from(t).where(eq(t.estate, id)).limit(1);
    if (house) found.add(id);
  }
  return found;
}

/** Of some funds, those of which a budget was approved. */
export async function withBudget(
  { reader, tables: { budgets: t } }: Engine,
  funds: readonly string[],
): Promise<Set<string>> {
  if (funds.length === 0) return new Set();
  const approved = and(inArray(t.fund, [...funds]), isNotNull(t.transaction));
  const rows = await reader.selectDistinct({ fund: t.fund }).from(t).where(approved);
  return new Set(rows.map(({ fund }) => fund));
}

/** One where a service was rated and its points released. */
export async function hasAward(
  { reader, tables: { services: t } }: Engine,
  at: readonly Place[],
): Promise<number> {
  const places = inArray(
    t.place,
    at.map(({ id }) => id),
  );
  const released = and(places, eq(t.state, 'released'));
  return (await reader.select({ id: t.id }).from(t).where(released).limit(1)).length;
}

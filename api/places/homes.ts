import { eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

/** Somebody's home in an estate, for a time: calendar days, `until` the first on which it no longer holds. */
export type Home = { estate: string; since: string; until: string | null };

/** The homes that people ever had, by person, the first they moved into first. */
export async function homesOfAll(
  { reader, tables: { residencies, houses } }: Engine,
  people: readonly string[],
): Promise<Map<string, Home[]>> {
  const found = new Map<string, Home[]>();
  if (people.length === 0) return found;
  const rows = await reader
    .select({
      person: residencies.person,
      estate: houses.estate,
      since: residencies.since,
      until: residencies.until,
    })
    .from(residencies)
    .innerJoin(houses, eq(houses.id, residencies.house))
    .where(inArray(residencies.person, [...people]));
  for (const { person, ...home } of rows) found.set(person, [...(found.get(person) ?? []), home]);
  for (const homes of found.values()) homes.sort(firstFirst);
  return found;
}

function firstFirst(a: Home, b: Home): number {
  return a.since.localeCompare(b.since) || a.estate.localeCompare(b.estate);
}

/**
 * 我的家: the houses somebody belongs to today and who else does.
 *
 * Protects: neighbours know each other by family name and relation; a phone or a given name is not for them.
 */
import { and, asc, eq, gt, isNull, lte, ne, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { getHouses, type House, type Residency } from './houses.ts';

/** More houses than anybody lives in (a developer owns hundreds), and more people than live in one; beyond it the page says so. */
const MOST_HOUSES = 20;
const MOST_OTHERS = 20;

export type Household = { house: House; own: Residency; others: Residency[]; othersMore: boolean };

export async function householdsOf(
  engine: Engine,
  { person, day }: { person: string; day: string },
): Promise<{ households: Household[]; more: boolean }> {
  const { reader, tables } = engine;
  const { residencies: t } = tables;
  const today = and(lte(t.since, day), or(isNull(t.until), gt(t.until, day)));
  const mine = await reader
    .select()
    .from(t)
    .where(and(eq(t.person, person), today))
    .orderBy(asc(t.house))
    .limit(MOST_HOUSES + 1);
  const listed = mine.slice(0, MOST_HOUSES);
  const houses = await getHouses(
    engine,
    listed.map(({ house }) => house),
  );
  const found = await Promise.all(
    listed.map(async (own) => {
      const others = await reader
        .select()
        .from(t)
        .where(and(eq(t.house, own.house), ne(t.person, person), today))
        .orderBy(asc(t.person))
        .limit(MOST_OTHERS + 1);
      const house = houses.get(own.house);
      return (
        house && { house, own, others: others.slice(0, MOST_OTHERS), othersMore: others.length > MOST_OTHERS }
      );
    }),
  );
  const households = found.filter((household) => household !== undefined);
  return { households, more: mine.length > MOST_HOUSES };
}

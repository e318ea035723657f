/** 房屋名册: the houses of an estate and how they are lived in on a day, in the order of their names. */
import { and, asc, eq, exists, gt, inArray, isNull, lte, notExists, or, type SQL } from 'drizzle-orm';
import { beyond, type Engine } from '../db/index.ts';
import type { House, HouseName, Relation } from './houses.ts';

/** All, those of nobody, and those that a tenant lives in. */
export const occupancies = ['all', 'vacant', 'let'] as const;
export type Occupancy = (typeof occupancies)[number];
export type LivedIn = { house: House; people: { person: string; relation: Relation }[] };

export type OccupancyFilter = { estate: string; day: string; state: Occupancy };

export async function listOccupancy(
  { reader, tables: { houses: h, residencies: r } }: Engine,
  { estate, day, state, after, limit }: OccupancyFilter & { after?: HouseName; limit: number },
): Promise<LivedIn[]> {
  const onDay = and(lte(r.since, day), or(isNull(r.until), gt(r.until, day)));
  const links = (which?: SQL) =>
    reader
      .select({ id: r.id })
      .from(r)
      .where(and(eq(r.house, h.id), onDay, which));
  const lived = {
    all: undefined,
    vacant: notExists(links()),
    let: exists(links(eq(r.relation, 'tenant'))),
  }[state];
  const columns = [h.building, h.unit, h.room];
  const later = after && beyond(columns, [after.building, after.unit, after.room], 'up');
  const houses = await reader
    .select()
    .from(h)
    .where(and(eq(h.estate, estate), later, lived))
    .orderBy(asc(h.estate), ...columns.map((column) => asc(column)))
    .limit(limit);
  if (houses.length === 0) return [];
  const ids = houses.map(({ id }) => id);
  const people = await reader
    .select({ house: r.house, person: r.person, relation: r.relation })
    .from(r)
    .where(and(inArray(r.house, ids), onDay));
  return houses.map((house) => ({ house, people: people.filter((one) => one.house === house.id) }));
}

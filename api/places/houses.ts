/** Houses and who lives in them. A room's leading zeros are part of its name: 0501 is not 501. */
import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

export type House = { id: string; estate: string; building: string; unit: string; room: string };
export type HouseName = { building: string; unit: string; room: string };
export type Relation = 'owner' | 'family' | 'tenant';
/** Sold, moved out, died, or was never true. */
export const endReasons = ['sale', 'moving', 'death', 'mistake'] as const;
export type EndReason = (typeof endReasons)[number];
export type Residency = {
  house: string;
  person: string;
  relation: Relation;
  since: string;
  until: string | null;
};

export async function getHouses(engine: Engine, ids: readonly string[]): Promise<Map<string, House>> {
  const { houses } = engine.tables;
  const found = new Map<string, House>();
  for (const id of new Set(ids)) {
    const [row] = await engine.reader.select().from(houses).where(eq(houses.id, id));
    if (row) found.set(id, row);
  }
  return found;
}

/** Every house of an estate by its name, for matching the rows of a file. */
export async function housesOf(engine: Engine, estate: string): Promise<Map<string, House>> {
  const { houses } = engine.tables;
  const rows = await engine.reader.select().from(houses).where(eq(houses.estate, estate));
  return new Map(rows.map((row) => [houseKey(row), row]));
}

const HOUSES_A_READ = 5_000;

/** The ids alone, for as many houses as a district has: read in parts, so that no more is held than is kept. */
export async function houseIdsOf(engine: Engine, estate: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  let after: HouseName | undefined;
  for (;;) {
    const rows = await listHouses(engine, { estate, limit: HOUSES_A_READ, ...(after && { after }) });
    for (const row of rows) ids.set(houseKey(row), row.id);
    after = rows.at(-1);
    if (rows.length < HOUSES_A_READ) return ids;
  }
}

export function houseKey({ building, unit, room }: HouseName): string {
  return `${building}/${unit}/${room}`;
}

/** As people say it: 3栋2单元0501. */
export function formatHouse({ building, unit, room }: HouseName): string {
  return `${building}栋${unit === '' ? '' : `${unit}单元`}${room}`;
}

/** Today in Asia/Shanghai. The programme's calendar has it too, but the programme stands above places. */
export function dayIn(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}

export async function findHouse(engine: Engine, id: string): Promise<House | undefined> {
  return (await getHouses(engine, [id])).get(id);
}

/** Houses of an estate in the order of their names, after the house `after`. */
export async function listHouses(
  { reader, tables: { houses: t } }: Engine,
  input: { estate: string; after?: HouseName; limit: number },
): Promise<House[]> {
  const { after } = input;
  const later = after && [
    gt(t.building, after.building),
    and(eq(t.building, after.building), gt(t.unit, after.unit)),
    and(eq(t.building, after.building), eq(t.unit, after.unit), gt(t.room, after.room)),
  ];
  return reader
    .select()
    .from(t)
    .where(and(eq(t.estate, input.estate), later && or(...later)))
    .orderBy(asc(t.estate), asc(t.building), asc(t.unit), asc(t.room))
    .limit(input.limit);
}

/** The house that a text such as 3-2-0501 names. */
export async function findHouseByName(
  { reader, tables: { houses: t } }: Engine,
  input: HouseName & { estate: string },
): Promise<House | undefined> {
  const { estate, building, unit, room } = input;
  const [row] = await reader
    .select()
    .from(t)
    .where(and(eq(t.estate, estate), eq(t.building, building), eq(t.unit, unit), eq(t.room, room)));
  return row;
}

/** The houses a person belongs to on a day. */
export async function residenciesOf(engine: Engine, person: string, day: string): Promise<Residency[]> {
  const { residencies } = engine.tables;
  return engine.reader
    .select()
    .from(residencies)
    .where(
      and(
        eq(residencies.person, person),
        lte(residencies.since, day),
        or(isNull(residencies.until), gt(residencies.until, day)),
      ),
    );
}

/** How a person belongs to a house on a day; undefined when not at all. */
export async function relationTo(
  engine: Engine,
  input: { person: string; house: string; day: string },
): Promise<Relation | undefined> {
  const found = await residenciesOf(engine, input.person, input.day);
  return found.find((r) => r.house === input.house)?.relation;
}

/** Everybody who belongs to a house on a day. */
export async function peopleOf(engine: Engine, house: string, day: string): Promise<Residency[]> {
  const { residencies } = engine.tables;
  return engine.reader
    .select()
    .from(residencies)
    .where(
      and(
        eq(residencies.house, house),
        lte(residencies.since, day),
        or(isNull(residencies.until), gt(residencies.until, day)),
      ),
    );
}

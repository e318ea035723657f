/** Houses and who lives in them. A room's leading zeros are part of its name: 0501 is not 501. */
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

export type House = { id: string; estate: string; building: string; unit: string; room: string };
export type HouseName = { building: string; unit: string; room: string };
export type Relation = 'owner' | 'family' | 'tenant';
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

export function houseKey({ building, unit, room }: HouseName): string {
  return `${building}/${unit}/${room}`;
}

/** As people say it: 3栋2单元0501. */
export function formatHouse({ building, unit, room }: HouseName): string {
  return `${building}栋${unit === '' ? '' : `${unit}单元`}${room}`;
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

/** Residents of an estate by what they say of themselves at a desk. */
import { and, asc, eq, gt, isNull, like, lte, or, type SQL } from 'drizzle-orm';
import { contains, type Engine } from '../db/index.ts';
import type { House, HouseName, Relation } from './houses.ts';
import type { WantedResident } from './wanted-resident.ts';

export type FoundResident = {
  readonly person: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly relation: Relation;
  readonly house: House;
};

/** Where a page ended. */
export type ResidentAfter = HouseName & { readonly person: string };

/**
 * Whoever belongs to a house of the estate on the day and is meant, in the order of the houses. Costs the houses of one
 * estate at most: its rows are read by index and looked through.
 */
export async function findResidents(
  engine: Engine,
  input: {
    readonly estate: string;
    readonly wanted: WantedResident;
    readonly day: string;
    readonly after?: ResidentAfter;
    readonly limit: number;
  },
): Promise<FoundResident[]> {
  const { reader, tables } = engine;
  const { houses: h, residencies: r, people: p } = tables;
  const { estate, wanted, day, after } = input;
  const meant = (): SQL | undefined => {
    switch (wanted.by) {
      case 'house': {
        const { building, unit, room } = wanted.house;
        return and(eq(h.building, building), eq(h.unit, unit), eq(h.room, room));
      }
      case 'digits':
        return or(eq(h.room, wanted.digits), byPhone(p.phone, wanted.digits));
      case 'initials':
        return like(p.initials, `${wanted.initials}%`);
      case 'name':
        return contains(engine, p.name, wanted.name);
    }
  };
  const later = after && [
    gt(h.building, after.building),
    and(eq(h.building, after.building), gt(h.unit, after.unit)),
    and(eq(h.building, after.building), eq(h.unit, after.unit), gt(h.room, after.room)),
    and(
      eq(h.building, after.building),
      eq(h.unit, after.unit),
      eq(h.room, after.room),
      gt(r.person, after.person),
    ),
  ];
  const rows = await reader
    .select({ person: r.person, name: p.name, phone: p.phone, relation: r.relation, house: h })
    .from(h)
    .innerJoin(r, eq(r.house, h.id))
    .innerJoin(p, eq(p.id, r.person))
    .where(
      and(
        eq(h.estate, estate),
        meant(),
        lte(r.since, day),
        or(isNull(r.until), gt(r.until, day)),
        later && or(...later),
      ),
    )
    .orderBy(asc(h.estate), asc(h.building), asc(h.unit), asc(h.room), asc(r.person))
    .limit(input.limit);
  return rows;
}

const PHONE_LENGTH = 11;
const TAIL_LENGTH = 4;

/** Its last four digits, as people say them, or all of it: by one more digit each time a whole phone could be found out. */
function byPhone(phone: Engine['tables']['people']['phone'], digits: string): SQL | undefined {
  if (digits.length === PHONE_LENGTH) return eq(phone, digits);
  return digits.length === TAIL_LENGTH ? like(phone, `%${digits}`) : undefined;
}

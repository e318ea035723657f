/**
 * Who may be the same human as somebody: the same phone anywhere in the book; or the same name, or the same initials and
 * end of a phone, among those who live in the same estates or act at the same places. Costs the houses of these estates at most.
 */
import { and, eq, inArray, isNull, like, ne, or, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Person } from '../identity/index.ts';
import type { ProductDeps } from './index.ts';
import type { KnownPerson } from './known-person.ts';

/** Why somebody may be the same: the phone; house and name; name; initials with the end of the phone. */
export const likenesses = ['phone', 'house', 'name', 'initials'] as const;
export type Likeness = (typeof likenesses)[number];
export type Namesake = { person: string; name: string | null; phone: string | null; why: Likeness };

const MOST = 20;
/** Somebody has homes and posts in few estates; an owner of many flats is compared in these. */
const ESTATES = 10;

/** The likeliest first. The caller shows those alone of whom the colleague may know. */
export async function findNamesakes(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  { person, residencies, roles }: KnownPerson,
): Promise<Namesake[]> {
  const { reader, tables } = engine;
  const { people: p, residencies: r, houses: h, roles: posts } = tables;
  if (person.name === null) return [];
  const other = and(ne(p.id, person.id), isNull(p.mergedInto), isNull(p.erasedAt));
  const columns = { person: p.id, name: p.name, phone: p.phone, initials: p.initials };
  const found = new Map<string, Namesake>();
  const take = (rows: readonly Row[], of: (row: Row) => Likeness | undefined) => {
    for (const row of rows) {
      const why = of(row);
      if (why && !found.has(row.person)) found.set(row.person, { ...row, why });
    }
  };
  if (person.phone !== null) {
    const rows = await reader
      .select(columns)
      .from(p)
      .where(and(eq(p.phone, person.phone), other))
      .limit(MOST);
    take(rows, () => 'phone');
  }
  const homes = new Set(residencies.map(({ house }) => house));
  const lived = residencies.map(({ at }) => at.estate);
  const acts: string[] = [];
  for (const { place } of roles) if ((await places.kindOf(place)) === 'estate') acts.push(place);
  const estates = [...new Set([...lived, ...acts])].slice(0, ESTATES);
  const alike = or(eq(p.name, person.name), likeTail(engine, person));
  for (const estate of estates) {
    const living = await reader
      .selectDistinct({ ...columns, house: r.house })
      .from(h)
      .innerJoin(r, eq(r.house, h.id))
      .innerJoin(p, eq(p.id, r.person))
      .where(and(eq(h.estate, estate), alike, other))
      .limit(MOST);
    const sameHouse = living.filter(({ house, name }) => homes.has(house) && name === person.name);
    take(sameHouse, () => 'house');
    take(living, (row) => (row.name === person.name ? 'name' : 'initials'));
  }
  const where = [...new Set([...estates, ...roles.map(({ place }) => place)])].slice(0, 2 * ESTATES);
  if (where.length > 0) {
    const acting = await reader
      .selectDistinct(columns)
      .from(posts)
      .innerJoin(p, eq(p.id, posts.person))
      .where(and(inArray(posts.place, where), alike, other))
      .limit(MOST);
    take(acting, (row) => (row.name === person.name ? 'name' : 'initials'));
  }
  return [...found.values()]
    .toSorted((a, b) => likenesses.indexOf(a.why) - likenesses.indexOf(b.why))
    .slice(0, MOST);
}

type Row = { person: string; name: string | null; phone: string | null; initials: string | null };

/** The end of a phone: what somebody at a desk says of it. */
function likeTail({ tables: { people: p } }: Engine, { initials, phone }: Person): SQL | undefined {
  if (initials === null || initials === '' || phone === null) return undefined;
  return and(eq(p.initials, initials), like(p.phone, `%${phone.slice(-4)}`));
}

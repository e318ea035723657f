/** Whom and which houses an estate has, for comparing the rows of a roster with. */
import { eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { RosterRow } from './files/roster.ts';
import { housesOf } from './houses.ts';
import { chunksOf } from './imports.ts';
import type { Places } from './place-tree.ts';
import { aliasesOf } from './roster-aliases.ts';
import type { KnownEstate } from './roster-plan.ts';

/** `rows`: what is about to be taken in, by whose phones people of other estates are found too. */
export async function knownEstate(
  { engine, places }: { engine: Engine; places: Places },
  estate: string,
  rows: readonly RosterRow[],
): Promise<KnownEstate> {
  const { houses: h, residencies: r, people: p } = engine.tables;
  const residencies = await engine.db
    .select({
      id: r.id,
      house: r.house,
      person: r.person,
      relation: r.relation,
      since: r.since,
      until: r.until,
    })
    .from(r)
    .innerJoin(h, eq(h.id, r.house))
    .where(eq(h.estate, estate));
  const residents = await engine.db
    .selectDistinct({ id: p.id, name: p.name, phone: p.phone })
    .from(p)
    .innerJoin(r, eq(r.person, p.id))
    .innerJoin(h, eq(h.id, r.house))
    .where(eq(h.estate, estate));
  const known = new Map(residents.map((person) => [person.id, person]));
  for (const person of await neighbours(engine, places, estate, rows)) known.set(person.id, person);
  const { aliases, keepers } = await aliasesOf(engine, places, { estate, rows });
  for (const person of keepers) known.set(person.id, person);
  const people = [...known.values()].flatMap(({ id, name, phone }) =>
    name === null ? [] : [{ id, name, phone }],
  );
  return { houses: await housesOf(engine, estate), residencies, people, aliases };
}

/** Whoever of the same book has a phone of the file: somebody who owns a house in two estates is one person. */
async function neighbours(engine: Engine, places: Places, estate: string, rows: readonly RosterRow[]) {
  const { houses: h, residencies: r, people: p, roles } = engine.tables;
  const book = await places.bookOf(estate);
  const found: { id: string; name: string | null; phone: string | null }[] = [];
  const phones = [...new Set(rows.flatMap(({ phone }) => (phone === undefined ? [] : [phone])))];
  for (const some of chunksOf(phones)) {
    const columns = { id: p.id, name: p.name, phone: p.phone };
    const living = await engine.db
      .selectDistinct({ ...columns, place: h.estate })
      .from(p)
      .innerJoin(r, eq(r.person, p.id))
      .innerJoin(h, eq(h.id, r.house))
      .where(inArray(p.phone, some));
    const working = await engine.db
      .selectDistinct({ ...columns, place: roles.place })
      .from(p)
      .innerJoin(roles, eq(roles.person, p.id))
      .where(inArray(p.phone, some));
    for (const { place, ...person } of [...living, ...working]) {
      if ((await places.bookOf(place)) === book) found.push(person);
    }
  }
  return found;
}

/**
 * Whose people are whose: a book knows somebody who lives or lived in one of its houses, or holds or held a role at one
 * of its places. Whoever names a person by id is answered for another book's people as for nobody at all.
 */
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { hasDied } from '../identity/index.ts';
import { together, type Instant } from '../platform/index.ts';
import { dayIn } from './houses.ts';

/** The books that know a person; asked together with others, since a partner's till names one with each sale. */
export const booksOfPerson = together(async ({ reader, tables }: Engine, people) => {
  const { residencies, houses, places, roles } = tables;
  const lives = reader
    .select({ person: residencies.person, book: places.book })
    .from(residencies)
    .innerJoin(houses, eq(houses.id, residencies.house))
    .innerJoin(places, eq(places.id, houses.estate))
    .where(inArray(residencies.person, [...people]));
  const acts = reader
    .select({ person: roles.person, book: places.book })
    .from(roles)
    .innerJoin(places, eq(places.id, roles.place))
    .where(inArray(roles.person, [...people]));
  const books = new Map<string, Set<number>>();
  for (const { person, book } of await lives.union(acts)) {
    books.set(person, (books.get(person) ?? new Set()).add(book));
  }
  return books;
});

/** The estates in which a person lives, or is going to; who moved away has none there, and who died in one has none left. */
export async function homesOfPerson(engine: Engine, person: string, now: Instant): Promise<string[]> {
  const kept = await keptHomesOfPerson(engine, person, now);
  return kept.length > 0 && (await hasDied(engine, person)) ? [] : kept;
}

/**
 * Those that a death in another one has not ended: they go on telling whose this person is to help. Otherwise a death that
 * is registered by mistake, or by no mistake, would hand somebody over to whoever registered it.
 */
export async function keptHomesOfPerson(engine: Engine, person: string, now: Instant): Promise<string[]> {
  const { reader, tables } = engine;
  const { residencies, houses } = tables;
  const goesOn = or(isNull(residencies.until), gt(residencies.until, dayIn(now)));
  const rows = await reader
    .selectDistinct({ estate: houses.estate })
    .from(residencies)
    .innerJoin(houses, eq(houses.id, residencies.house))
    .where(and(eq(residencies.person, person), goesOn));
  return rows.map(({ estate }) => estate);
}

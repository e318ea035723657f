/**
 * Whose people are whose: a book knows somebody who lives or lived in one of its houses, or holds or held a role at one
 * of its places. Whoever names a person by id is answered for another book's people as for nobody at all.
 */
import { eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { together } from '../platform/index.ts';

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

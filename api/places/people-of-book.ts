/**
 * Whose people are whose: a book knows somebody who lives or lived in one of its houses, or holds or held a role at one
 * of its places. Whoever names a person by id is answered for another book's people as for nobody at all.
 */
import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
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

/**
 * The estates in which a person lives today, which is what gives rights there: who moved away has none, who moves in later
 * has none yet, and who died in one has none left.
 */
export async function homesOfPerson(engine: Engine, person: string, now: Instant): Promise<string[]> {
  const homes = await estatesOf(engine, person, { until: dayIn(now), since: dayIn(now) });
  return homes.length > 0 && (await hasDied(engine, person)) ? [] : homes;
}

/**
 * Those in which they live or are going to, also if a death in another one has ended what they may do: by these it is told
 * whose this person is to help. Otherwise a death that is registered by mistake, or by no mistake, would hand somebody over
 * to whoever registered it.
 */
export async function keptHomesOfPerson(engine: Engine, person: string, now: Instant): Promise<string[]> {
  return estatesOf(engine, person, { until: dayIn(now) });
}

/** Of homes that go on after a day, and that had begun on one. */
async function estatesOf(
  { reader, tables: { residencies: t, houses } }: Engine,
  person: string,
  day: { until: string; since?: string },
): Promise<string[]> {
  const goesOn = or(isNull(t.until), gt(t.until, day.until));
  const hasBegun = day.since === undefined ? undefined : lte(t.since, day.since);
  const rows = await reader
    .selectDistinct({ estate: houses.estate })
    .from(t)
    .innerJoin(houses, eq(houses.id, t.house))
    .where(and(eq(t.person, person), goesOn, hasBegun));
  return rows.map(({ estate }) => estate);
}

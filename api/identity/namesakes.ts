/**
 * Colleagues who have the same name. Two registrations of one human would each check the other's work, so whoever gives
 * a post says whether it is the same person.
 */
import { and, eq, gt, inArray, isNull, ne, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { problem, type Instant, type PlaceTree, type Problem, type Role } from '../platform/index.ts';
import { roleTitle } from './role-table.ts';

export type Namesake = { readonly person: string; readonly posts: readonly { role: Role; place: string }[] };

/** More of one name would be told apart by their phones anyway. */
const MOST = 20;

/** Who of the book of this place has the name and holds a post, now or later. Residents are no colleagues. */
export async function namesakesOf(
  { engine, places }: { engine: Engine; places: PlaceTree },
  { name, place, now }: { name: string; place: string; now: Instant },
): Promise<Namesake[]> {
  const { people, roles } = engine.tables;
  const book = await places.bookOf(place);
  if (book === undefined) return [];
  const rows = await engine.db
    .select({ person: people.id, role: roles.role, place: roles.place })
    .from(people)
    .innerJoin(roles, eq(roles.person, people.id))
    .where(
      and(
        ...[eq(people.name, name), isNull(people.mergedInto), ne(roles.role, 'member')],
        or(isNull(roles.validTo), gt(roles.validTo, now)),
      ),
    )
    .limit(MOST);
  const found = new Map<string, { role: Role; place: string }[]>();
  for (const { person, role, place: at } of rows)
    found.set(person, [...(found.get(person) ?? []), { role: role as Role, place: at }]);
  const ours: Namesake[] = [];
  for (const [person, posts] of found)
    if ((await places.booksOf(person)).has(book)) ours.push({ person, posts });
  return ours;
}

/** Says who they are, so that whoever asks can answer. */
export async function namesakeProblem(
  { reader, tables: { places: t } }: Engine,
  name: string,
  namesakes: readonly Namesake[],
): Promise<Problem> {
  const ids = namesakes.flatMap(({ posts }) => posts.map(({ place }) => place));
  const rows = await reader
    .select({ id: t.id, name: t.name })
    .from(t)
    .where(inArray(t.id, [...new Set(ids)]));
  const names = new Map(rows.map((row) => [row.id, row.name]));
  const said = namesakes.map(({ posts }) =>
    posts.map(({ role, place }) => `${names.get(place) ?? ''}${roleTitle(role)}`).join('、'),
  );
  return problem('namesake', {
    detail: { zh: `${name}：${said.join('；')}`, en: `${name}: ${said.join('; ')}` },
  });
}

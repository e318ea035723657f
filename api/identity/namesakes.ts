/**
 * Colleagues who have the same name. Two registrations of one human would each check the other's work, so whoever gives
 * a post says whether it is the same person.
 */
import { and, eq, gt, isNull, ne, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import {
  mayAt,
  problem,
  type Actor,
  type Instant,
  type PlaceTree,
  type Problem,
  type Role,
} from '../platform/index.ts';
import { roleTitle } from './role-table.ts';

/** With the names of the places. */
export type Namesake = { readonly person: string; readonly posts: readonly { role: Role; place: string }[] };

/** More of one name would be told apart by their phones anyway. */
const MOST = 20;

/** Who holds a post in the book of this place, now or later, and has the name. Residents are no colleagues. */
export async function namesakesOf(
  { engine, places }: { engine: Engine; places: PlaceTree },
  { name, place, now }: { name: string; place: string; now: Instant },
): Promise<Namesake[]> {
  const { people, roles, places: t } = engine.tables;
  const book = await places.bookOf(place);
  if (book === undefined) return [];
  const rows = await engine.db
    .select({ person: people.id, role: roles.role, place: t.name })
    .from(people)
    .innerJoin(roles, eq(roles.person, people.id))
    .innerJoin(t, eq(t.id, roles.place))
    .where(
      and(
        ...[eq(people.name, name), isNull(people.mergedInto), ne(roles.role, 'member'), eq(t.book, book)],
        or(isNull(roles.validTo), gt(roles.validTo, now)),
      ),
    )
    .limit(MOST);
  const found = new Map<string, { role: Role; place: string }[]>();
  for (const { person, role, place: at } of rows)
    found.set(person, [...(found.get(person) ?? []), { role: role as Role, place: at }]);
  return [...found].map(([person, posts]) => ({ person, posts }));
}

/** Says who they are, so that whoever asks can answer; a shop's manager has no business with posts elsewhere. */
export async function namesakeProblem(
  places: PlaceTree,
  by: Actor,
  { name, place, namesakes }: { name: string; place: string; namesakes: readonly Namesake[] },
): Promise<Problem> {
  const isTold = await mayAt(by, ['staff', 'operator'], place, places);
  const said = namesakes.map(({ posts }) =>
    isTold ? bothAlike(posts.map((post) => `${post.place}${roleTitle(post.role)}`).join('、')) : UNNAMED,
  );
  return problem('namesake', {
    detail: {
      zh: `${name}：${said.map(({ zh }) => zh).join('；')}`,
      en: `${name}: ${said.map(({ en }) => en).join('; ')}`,
    },
  });
}

const UNNAMED = { zh: '本账簿的一位同事', en: 'a colleague of this community' };
const bothAlike = (text: string) => ({ zh: text, en: text });

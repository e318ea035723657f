/**
 * What was found out becomes notices and messages, once. A reader's turn (`exclusively`) sees what was told before and
 * writes notices, messages and how far it has come together: a stop in the middle leaves all or nothing, and whoever
 * reads the same again finds it told. The unique index on person, kind and event stands behind that.
 */
import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { chunksOf, dayIn } from '../places/index.ts';
import type { Deps, Instant, MessageProvider } from '../platform/index.ts';
import { channelFor, DEFAULTS, type Facts, type NoticeKind, type Settings, wayFor } from './rules/index.ts';

export type NoticeDeps = Pick<Deps, 'engine' | 'clock' | 'ids'> & {
  readonly messages?: MessageProvider | undefined;
};

/** Something that one person is to be told. */
export type Telling = {
  person: string;
  kind: NoticeKind;
  /** Its name, by which it is told once. */
  event: string;
  facts: Facts;
  transaction: number | null;
};

/** Where a reader has come to, written together with what it found. */
export type Step = { cursor: string; position: number; isDone: boolean };

/** People and events looked up in one query. */
const AT_ONCE = 200;

/** Within the reader's turn, whose engine it is given. Answers how many were made. */
export async function writeNotices(
  { engine, clock, ids, messages }: NoticeDeps,
  tellings: readonly Telling[],
  more: (db: Database) => readonly PromiseLike<unknown>[],
): Promise<number> {
  const now = clock();
  const { notices, deliveries } = engine.tables;
  const rows: (typeof notices.$inferInsert)[] = [];
  const sent: (typeof deliveries.$inferInsert)[] = [];
  for (let first = 0; first < tellings.length; first += AT_ONCE) {
    const some = tellings.slice(first, first + AT_ONCE);
    const told = await toldBefore(engine, some);
    const people = [...new Set(some.map(({ person }) => person))];
    const known = await whoTheyAre(engine, people, now);
    for (const telling of some) {
      const who = known.get(telling.person);
      const way = who === undefined ? 'off' : wayFor(who.settings, telling.kind);
      if (who === undefined || way === 'off' || told.has(nameOf(telling))) continue;
      told.add(nameOf(telling));
      const id = ids();
      rows.push({ id, version: 1, ...telling, createdAt: now });
      // Nobody's staff could tell somebody who lives nowhere; it stands on their page all the same.
      if (way === 'app' || who.home === undefined) continue;
      const channel = channelFor(who.settings, {
        provider: messages?.channels ?? [],
        hasPhone: who.hasPhone,
      });
      const state = channel === 'desk' ? ('waiting' as const) : ('queued' as const);
      const of = { notice: id, person: telling.person, place: who.home, channel, state };
      sent.push({
        id: ids(),
        version: 1,
        ...of,
        tries: 0,
        dueAt: state === 'queued' ? now : null,
        createdAt: now,
      });
    }
  }
  await engine.atomically((db) => [
    ...chunksOf(rows).map((piece) => db.insert(notices).values(piece)),
    ...chunksOf(sent).map((piece) => db.insert(deliveries).values(piece)),
    ...more(db),
  ]);
  return rows.length;
}

/** As the last of the writes: how far the reader has come. */
export function cursorWrite(
  { tables }: Engine,
  { cursor, position, isDone }: Step,
  now: Instant,
): (db: Database) => PromiseLike<unknown>[] {
  const { noticeCursors: t } = tables;
  const set = { position, doneAt: isDone ? now : null };
  return (db) => [
    db
      .insert(t)
      .values({ id: cursor, ...set })
      .onConflictDoUpdate({ target: t.id, set }),
  ];
}

export async function findCursor({ db, tables: { noticeCursors: t } }: Engine, cursor: string) {
  const [row] = await db.select().from(t).where(eq(t.id, cursor));
  return row;
}

function nameOf({ person, kind, event }: Pick<Telling, 'person' | 'kind' | 'event'>): string {
  return `${person} ${kind} ${event}`;
}

async function toldBefore(engine: Engine, tellings: readonly Telling[]): Promise<Set<string>> {
  const { notices: t } = engine.tables;
  const told = new Set<string>();
  for (const kind of new Set(tellings.map((telling) => telling.kind))) {
    const alike = tellings.filter((telling) => telling.kind === kind);
    const rows = await engine.db
      .select({ person: t.person, kind: t.kind, event: t.event })
      .from(t)
      .where(
        and(
          inArray(t.person, [...new Set(alike.map(({ person }) => person))]),
          eq(t.kind, kind),
          inArray(t.event, [...new Set(alike.map(({ event }) => event))]),
        ),
      );
    for (const row of rows) told.add(nameOf(row));
  }
  return told;
}

type Who = { settings: Settings; hasPhone: boolean; home: string | undefined };

/** Those of the people who can be told: not the erased ones, nor owners who are no people. */
async function whoTheyAre(
  { db, tables }: Engine,
  ids: readonly string[],
  now: Instant,
): Promise<Map<string, Who>> {
  const { people, noticeSettings: s, residencies, houses, roles, places } = tables;
  const persons = await db
    .select({ id: people.id, phone: people.phone })
    .from(people)
    .where(and(inArray(people.id, [...ids]), isNull(people.erasedAt)));
  const today = dayIn(now);
  const chosen = await db
    .select({ id: s.id, channel: s.channel, ways: s.ways })
    .from(s)
    .where(inArray(s.id, [...ids]));
  const lives = await db
    .select({ person: residencies.person, place: houses.estate, from: residencies.since })
    .from(residencies)
    .innerJoin(houses, eq(houses.id, residencies.house))
    .where(
      and(
        inArray(residencies.person, [...ids]),
        lte(residencies.since, today),
        or(isNull(residencies.until), gt(residencies.until, today)),
      ),
    );
  const isMember = and(inArray(roles.person, [...ids]), eq(roles.role, 'member'), eq(places.kind, 'estate'));
  const acts = await db
    .select({ person: roles.person, place: roles.place, from: roles.validFrom })
    .from(roles)
    .innerJoin(places, eq(places.id, roles.place))
    .where(and(isMember, or(isNull(roles.validTo), gt(roles.validTo, now))));
  const settings = new Map(chosen.map((row) => [row.id, row]));
  // Where they live goes before where they are a member, and the older of two homes before the newer: it is set last.
  const newestFirst = <Row extends { from: string | number }>(rows: readonly Row[]) =>
    rows.toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0));
  const homes = new Map(
    [...newestFirst(acts), ...newestFirst(lives)].map(({ person, place }) => [person, place]),
  );
  return new Map(
    persons.map(({ id, phone }) => {
      const own = settings.get(id);
      const ways = { ...DEFAULTS.ways, ...own?.ways };
      const channel = own?.channel ?? DEFAULTS.channel;
      return [id, { settings: { channel, ways }, hasPhone: phone !== null, home: homes.get(id) }];
    }),
  );
}

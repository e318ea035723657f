import { and, eq, isNull, sql } from 'drizzle-orm';
import { ifStill, isStale, type Engine } from '../db/index.ts';
import {
  actorText,
  problem,
  type Ids,
  type Instant,
  type PersonActor,
  type PlaceTree,
  type Problem,
} from '../platform/index.ts';
import { accessLogRow } from './access-log.ts';
import { initialsOf } from './initials.ts';
import { findPerson } from './people.ts';
import { phoneHolders } from './phone-holders.ts';
import { mayHelp, tiesOf } from './roles.ts';

interface CorrectDeps {
  readonly engine: Engine;
  readonly places: PlaceTree;
  readonly ids: Ids;
}

export interface Correction {
  readonly person: string;
  /** The one that the corrector saw. */
  readonly version: number;
  readonly name: string;
  readonly phone: string | null;
  /** Said by whoever corrects: the phone is another person's too, and they do share it. */
  readonly sharedPhone: boolean;
  readonly now: Instant;
}

/**
 * Corrects a name or a phone. Both tell people apart and one day let them in, so only those may who could set the
 * person's password; to all others the person is nobody.
 */
export async function correctPerson(
  { engine: shared, places, ids }: CorrectDeps,
  by: PersonActor,
  input: Correction,
): Promise<{ version: number } | Problem> {
  const { person: id, version, name, phone, now } = input;
  const ties = await tiesOf({ engine: shared, places }, id, now);
  if (!(await mayHelp({ engine: shared, places }, by, ties))) return problem('not-found');
  return shared.exclusively(`person:${id}`, async (engine) => {
    const found = await findPerson(engine, id);
    if (found?.erasedAt !== null || found.mergedInto !== null) return problem('not-found');
    if (found.version !== version) return problem('changed-meanwhile');
    if (found.name === name && found.phone === phone) return { version };
    const others = phone === null ? [] : await holdersBeside({ engine, places }, { id, phone });
    if (others.some((other) => other.name === name)) return problem('phone-taken', twin);
    const isShared = others.length > 0 && found.phone !== phone;
    if (isShared && !input.sharedPhone) return problem('phone-shared', { fields: [sharedAlready] });
    const { people, accessLog } = engine.tables;
    const changed = [
      found.name === name ? '' : 'name',
      found.phone === phone ? '' : 'phone',
      isShared ? 'shared' : '',
    ];
    const log = accessLogRow({
      ...{ id: ids(), at: now, actor: actorText(by), action: 'correct' },
      ...{ subject: `person:${id}`, place: ties[0]?.place ?? '' },
      // What it was stays out: the log is no second address book.
      reason: changed.filter((field) => field !== '').join(', '),
    });
    const still = and(eq(people.version, version), isNull(people.erasedAt), isNull(people.mergedInto));
    const set = {
      name,
      phone,
      initials: initialsOf(name),
      version: ifStill(still, sql`${people.version} + 1`),
    };
    try {
      await engine.atomically((db) => [
        db.update(people).set(set).where(eq(people.id, id)),
        db.insert(accessLog).values(log),
      ]);
    } catch (error) {
      // A roster, which takes turns by its book, found the person first.
      if (isStale(error, { table: 'people', column: 'version' })) return problem('changed-meanwhile');
      throw error;
    }
    return { version: version + 1 };
  });
}

/**
 * Who else of this person's books has the phone. One name with one phone is one person of a book; and whoever gets a
 * code on a phone can sign in as everybody who has it.
 */
async function holdersBeside(
  { engine, places }: Pick<CorrectDeps, 'engine' | 'places'>,
  { id, phone }: { id: string; phone: string },
): Promise<{ name: string | null }[]> {
  const holders = (await phoneHolders(engine, phone)).filter((holder) => holder.id !== id);
  const ours = await places.booksOf(id);
  const known = await Promise.all(
    holders.map(async (holder) => [...(await places.booksOf(holder.id))].some((book) => ours.has(book))),
  );
  return holders.filter((_, at) => known[at]);
}

const sharedAlready = {
  field: 'sharedPhone',
  zh: '这个手机号已经登记在别人名下；确实是一家人合用，请勾选',
  en: 'Somebody else has this phone; tick this if a family does share it',
};

const twin = {
  fields: [
    {
      field: 'phone',
      zh: '已经有一位同名、同手机号的人，可能是同一个人登记了两次',
      en: 'Somebody of this name has this phone already; perhaps one person is registered twice',
    },
  ],
};

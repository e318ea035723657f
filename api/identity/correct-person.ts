import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
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
    if (await isSomebodyElse({ engine, places }, { id, name, phone })) return problem('phone-taken', twin);
    const { people, accessLog } = engine.tables;
    const changed = [found.name === name ? '' : 'name', found.phone === phone ? '' : 'phone'];
    const log = accessLogRow({
      ...{ id: ids(), at: now, actor: actorText(by), action: 'correct' },
      ...{ subject: `person:${id}`, place: ties[0]?.place ?? '' },
      // What it was stays out: the log is no second address book.
      reason: changed.filter((field) => field !== '').join(', '),
    });
    await engine.atomically((db) => [
      db
        .update(people)
        .set({ name, phone, initials: initialsOf(name), version: version + 1 })
        .where(and(eq(people.id, id), eq(people.version, version), isNull(people.erasedAt))),
      db.insert(accessLog).values(log),
    ]);
    return { version: version + 1 };
  });
}

/** One name with one phone is one person of a book. */
async function isSomebodyElse(
  { engine, places }: Pick<CorrectDeps, 'engine' | 'places'>,
  { id, name, phone }: { id: string; name: string; phone: string | null },
): Promise<boolean> {
  if (phone === null) return false;
  const { people: t } = engine.tables;
  const same = await engine.db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.phone, phone), eq(t.name, name), ne(t.id, id), isNull(t.mergedInto)))
    .limit(20);
  const ours = await places.booksOf(id);
  for (const other of same) {
    for (const book of await places.booksOf(other.id)) if (ours.has(book)) return true;
  }
  return false;
}

const twin = {
  fields: [
    {
      field: 'phone',
      zh: '已经有一位同名、同手机号的人，可能是同一个人登记了两次',
      en: 'Somebody of this name has this phone already; perhaps one person is registered twice',
    },
  ],
};

/** A person comes to belong to a house, or no longer does: by the day, with the reason, and in the log. */
import { and, eq } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { accessLogRow, findPerson, type AccessAction } from '../identity/index.ts';
import { actorText, problem, type PersonActor, type Problem } from '../platform/index.ts';
import { endPoolConsents } from './end-pool-consents.ts';
import { dayIn, type EndReason, type House, type Relation, type Residency } from './houses.ts';
import type { ProductDeps } from './index.ts';
import { findResidency, isPresent } from './known-person.ts';
import { endsWithDeath, refusedDeath } from './register-death.ts';
import type { TellPeople } from './tell-people.ts';

type Deps = Pick<ProductDeps, 'engine' | 'ids' | 'clock'>;
type Telling = Deps & Pick<ProductDeps, 'places'> & { readonly tell: TellPeople };

export type NewResidency = {
  person: string;
  house: House;
  relation: Relation;
  since: string;
  until: string | null;
};

/** Nobody belongs to one house twice on a day. */
export async function addResidency(
  { engine: shared, ids, clock }: Deps,
  by: PersonActor,
  { person, house, relation, since, until }: NewResidency,
): Promise<{ id: string } | Problem> {
  if (until !== null && until <= since) return problem('invalid-input', { fields: [endBeforeStart] });
  return shared.exclusively(`person:${person}`, async (engine) => {
    const { residencies: t, accessLog } = engine.tables;
    // Merged or erased since the caller looked.
    const them = await findPerson(engine, person);
    if (!them || !isPresent(them)) return problem('not-found');
    if (await isThere(engine, { person, house: house.id, since, until }))
      return problem('already-exists', { fields: [livesThere] });
    const row = {
      id: ids(),
      version: 1,
      house: house.id,
      person,
      relation,
      since,
      until,
      createdAt: clock(),
    };
    const log = logged(by, { action: 'add-residency', person, house, reason: relation }, { ids, clock });
    await engine.atomically((db) => [db.insert(t).values(row), db.insert(accessLog).values(log)]);
    return { id: row.id };
  });
}

/** Ends a residency, takes its end back (`until` null), or corrects the day on which it ended; `version` is the one that was seen. A death ends more (`refusedDeath`). */
export async function endResidency(
  { engine: shared, places, ids, clock, tell }: Telling,
  by: PersonActor,
  input: { residency: string; until: string | null; reason: EndReason; version: number },
): Promise<{ version: number } | Problem> {
  const { until, reason, version } = input;
  const found = await findResidency(shared, input.residency);
  if (!found) return problem('not-found');
  const wrong = wrongEnd({ until, reason, since: found.since }, clock());
  if (wrong) return problem('invalid-input', { fields: [wrong] });
  if (reason === 'death') {
    const who = { person: found.person, estate: found.at.estate };
    const refused = await refusedDeath({ engine: shared, places, clock }, by, who);
    if (refused) return refused;
  }
  return shared.exclusively(`person:${found.person}`, async (engine) => {
    const now = await findResidency(engine, input.residency);
    if (now?.version !== version) return problem('changed-meanwhile');
    const { residencies: t, accessLog } = engine.tables;
    const { id, person, house, since } = found;
    if (await isThere(engine, { id, person, house, since, until }))
      return problem('already-exists', { fields: [livesThere] });
    const about = { action: 'end-residency' as const, person: found.person, house: found.at, reason };
    const writes = (db: Database) => [
      db
        .update(t)
        .set({ until, endReason: until === null ? null : reason, version: version + 1 })
        .where(and(eq(t.id, found.id), eq(t.version, version))),
      ...endPoolConsents(engine, db, {
        ...{ link: id, until, today: dayIn(clock()), by: actorText(by), now: clock() },
      }),
      db.insert(accessLog).values(logged(by, about, { ids, clock })),
    ];
    if (reason !== 'death') await engine.atomically(writes);
    else {
      const ends = await endsWithDeath(engine, { person, by: actorText(by), now: clock() });
      await tell(engine, ends.told, (db) => [...writes(db), ...ends.writes(db)]);
    }
    return { version: version + 1 };
  });
}

/** What is wrong with an end on this day. */
function wrongEnd(
  { until, reason, since }: { until: string | null; reason: EndReason; since: string },
  now: number,
) {
  if (until === null) return reason === 'mistake' ? undefined : noDay;
  if (until < since) return endBeforeStart;
  if (until > dayIn(now + YEAR_MS)) return tooFar;
  return reason === 'death' && until > dayIn(now + DAY_MS) ? notYet : undefined;
}

/** Whether a person belongs to a house already on a day of this time, by another link than the one with this id. */
async function isThere(
  { db, tables: { residencies: t } }: Engine,
  { id, person, house, since, until }: Omit<Residency, 'relation'> & { id?: string },
): Promise<boolean> {
  const links = await db
    .select({ id: t.id, since: t.since, until: t.until })
    .from(t)
    .where(and(eq(t.person, person), eq(t.house, house)));
  return links.some(
    (other) =>
      other.id !== id &&
      (until === null || other.since < until) &&
      (other.until === null || other.until > since),
  );
}

const DAY_MS = 24 * 3_600_000;
const YEAR_MS = 366 * DAY_MS;

function logged(
  by: PersonActor,
  about: { action: AccessAction; person: string; house: House; reason: string },
  { ids, clock }: Pick<Deps, 'ids' | 'clock'>,
) {
  const { action, person, house, reason } = about;
  return accessLogRow({
    ...{ id: ids(), at: clock(), actor: actorText(by), action },
    ...{ subject: `person:${person}`, place: house.estate, reason },
  });
}

const endBeforeStart = {
  field: 'until',
  zh: '结束日期不能早于开始日期',
  en: 'The end must not come before the start',
};
const notYet = {
  field: 'until',
  zh: '去世的日期不能在今天以后',
  en: 'A death is not registered ahead of its day',
};
const noDay = { field: 'until', zh: '请填最后一天', en: 'Give the last day' };
const tooFar = { field: 'until', zh: '最多填到一年以后', en: 'At most a year ahead' };
const livesThere = {
  field: 'house',
  zh: '这段时间里，这个人已经登记在这套房屋',
  en: 'The person belongs to this house already at that time',
};

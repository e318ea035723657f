/** What a roster changes, as writes: names and phones go to identity's erasable store, the rest knows a person by id. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { ifStill, isStale, type Database } from '../db/index.ts';
import { accessLogRow, personRow } from '../identity/index.ts';
import type { Deps } from '../platform/index.ts';
import { endPoolConsents } from './end-pool-consents.ts';
import { dayIn } from './houses.ts';
import { chunksOf } from './imports.ts';
import type { RosterChanges } from './roster-plan.ts';

/** Whether a write of these came too late: somebody else changed a link or a phone since it was read. */
export function isOutrun(error: unknown): boolean {
  return ['people', 'residencies'].some((table) => isStale(error, { table, column: 'version' }));
}

/** `by`: who brought the rows. Rejects (`isOutrun`) where a link or a phone is no longer as it was read. */
export function writesOf(
  { engine, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  db: Database,
  { changes, estate, by }: { changes: RosterChanges; estate: string; by: string },
): PromiseLike<unknown>[] {
  const { houses, residencies, people, accessLog } = engine.tables;
  const now = clock();
  const fresh = { version: 1, createdAt: now };
  return [
    ...chunksOf(changes.houses).map((rows) =>
      db.insert(houses).values(rows.map((row) => ({ ...row, ...fresh }))),
    ),
    ...chunksOf(changes.people).map((rows) =>
      db.insert(people).values(rows.map((row) => personRow(row, now))),
    ),
    ...changes.phones.map(({ person, phone }) =>
      db
        .update(people)
        .set({
          phone,
          version: ifStill(and(isNull(people.phone), isNull(people.erasedAt)), sql`${people.version} + 1`),
        })
        .where(eq(people.id, person)),
    ),
    ...chunksOf(changes.residencies).map((rows) =>
      db.insert(residencies).values(rows.map((row) => ({ ...row, ...fresh }))),
    ),
    ...changes.ended.map(({ id, until, was }) =>
      db
        .update(residencies)
        .set({
          until,
          version: ifStill(
            was === null ? isNull(residencies.until) : eq(residencies.until, was),
            sql`${residencies.version} + 1`,
          ),
        })
        .where(eq(residencies.id, id)),
    ),
    ...changes.ended.flatMap(({ id: link, until }) =>
      endPoolConsents({ tables: engine.tables }, db, { link, until, today: dayIn(now), by, now }),
    ),
    // Codes to sign in with go to a phone, so that whoever brought it stands behind what is done by it (two-people.ts).
    ...chunksOf(changes.phones).map((some) =>
      db.insert(accessLog).values(
        some.map(({ person }) =>
          accessLogRow({
            ...{ id: ids(), at: now, actor: by, action: 'correct' },
            ...{ subject: `person:${person}`, place: estate, reason: 'phone' },
          }),
        ),
      ),
    ),
  ];
}

import {
  and,
  countDistinct,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  notExists,
  or,
  type SQL,
} from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { together, type Instant, type Role, type RoleAt } from '../platform/index.ts';

/** The roles that a person holds at this instant; ended and future ones are not among them. */
export async function findRoles(engine: Engine, person: string, now: Instant): Promise<RoleAt[]> {
  const held = (await notEnded(engine, `${now} ${person}`)) ?? [];
  return held.filter(({ validFrom }) => validFrom <= now).map(({ role, place }) => ({ role, place }));
}

/** … and those that begin later. */
export async function findRolesToCome(engine: Engine, person: string, now: Instant): Promise<RoleAt[]> {
  const held = (await notEnded(engine, `${now} ${person}`)) ?? [];
  return held.map(({ role, place }) => ({ role, place }));
}

type Held = RoleAt & { validFrom: Instant };

/** Asked on each request, so together with those of the same moment; the key is an instant and a person. */
const notEnded = together(async ({ reader, tables: { roles: t } }: Engine, keys) => {
  const asked = keys.map((key) => {
    const [now = '', person = ''] = key.split(' ');
    return { key, now: Number(now), person };
  });
  const people = new Set(asked.map(({ person }) => person));
  const earliest = Math.min(...asked.map(({ now }) => now));
  const rows = await reader
    .select({ person: t.person, role: t.role, place: t.place, validFrom: t.validFrom, validTo: t.validTo })
    .from(t)
    .where(and(inArray(t.person, [...people]), or(isNull(t.validTo), gt(t.validTo, earliest))));
  return new Map(
    asked.map(({ key, now, person }): [string, Held[]] => {
      const held = rows.filter((row) => row.person === person && (row.validTo === null || row.validTo > now));
      return [key, held.map(({ role, place, validFrom }) => ({ role: role as Role, place, validFrom }))];
    }),
  );
});

/**
 * Whose role is in force and who can act by it: nobody waits for a colleague who died or was erased, though the post was
 * not ended.
 */
function canAct(
  { reader, tables: { roles: t, residencies, people } }: Engine,
  now: Instant,
): SQL | undefined {
  const inForce = and(lte(t.validFrom, now), or(isNull(t.validTo), gt(t.validTo, now)));
  const died = reader
    .select({ id: residencies.id })
    .from(residencies)
    .where(and(eq(residencies.person, t.person), eq(residencies.endReason, 'death')));
  const gone = reader
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, t.person), or(isNotNull(people.erasedAt), isNotNull(people.mergedInto))));
  return and(inForce, notExists(died), notExists(gone));
}

/** A post at a place has a handful of people. */
const MOST_IN_A_POST = 50;

/** Who can act in a role at one of these places now. */
export async function peopleInPost(
  engine: Engine,
  { role, places, now }: { role: Role; places: readonly string[]; now: Instant },
): Promise<string[]> {
  const { roles: t } = engine.tables;
  const rows = await engine.reader
    .selectDistinct({ person: t.person })
    .from(t)
    .where(and(inArray(t.place, [...places]), eq(t.role, role), canAct(engine, now)))
    .limit(MOST_IN_A_POST);
  return rows.map(({ person }) => person);
}

/** How many can act in each of these roles, at one of these places or at what lies directly within `under`. */
export async function countInPosts(
  engine: Engine,
  asked: { roles: readonly Role[]; places: readonly string[]; under: string; now: Instant },
): Promise<Map<Role, number>> {
  const { roles: t, places } = engine.tables;
  const within = engine.reader.select({ id: places.id }).from(places).where(eq(places.parent, asked.under));
  const there = or(inArray(t.place, [...asked.places]), inArray(t.place, within));
  const rows = await engine.reader
    .select({ role: t.role, people: countDistinct(t.person) })
    .from(t)
    .where(and(there, inArray(t.role, [...asked.roles]), canAct(engine, asked.now)))
    .groupBy(t.role);
  return new Map(rows.map(({ role, people }) => [role as Role, people]));
}

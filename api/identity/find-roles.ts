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
import type { Instant, Role, RoleAt } from '../platform/index.ts';

/** The roles that a person holds at this instant; ended and future ones are not among them. */
export async function findRoles(engine: Engine, person: string, now: Instant): Promise<RoleAt[]> {
  return rolesWhere(engine, and(notEnded(engine, person, now), lte(engine.tables.roles.validFrom, now)));
}

/** … and those that begin later. */
export async function findRolesToCome(engine: Engine, person: string, now: Instant): Promise<RoleAt[]> {
  return rolesWhere(engine, notEnded(engine, person, now));
}

function notEnded({ tables: { roles } }: Engine, person: string, now: Instant): SQL | undefined {
  return and(eq(roles.person, person), or(isNull(roles.validTo), gt(roles.validTo, now)));
}

async function rolesWhere({ reader, tables: { roles } }: Engine, which: SQL | undefined): Promise<RoleAt[]> {
  const rows = await reader.select({ role: roles.role, place: roles.place }).from(roles).where(which);
  return rows.map(({ role, place }) => ({ role: role as Role, place }));
}

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

import { and, eq, gt, inArray, isNull, lte, notExists, or, type SQL } from 'drizzle-orm';
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

/** A post at a place has a handful of people. */
const MOST_IN_A_POST = 50;

/** Who holds a role at one of these places now. Nobody waits for a colleague who died, though the post was not ended. */
export async function peopleInPost(
  { reader, tables: { roles: t, residencies } }: Engine,
  { role, places, now }: { role: Role; places: readonly string[]; now: Instant },
): Promise<string[]> {
  const inForce = and(lte(t.validFrom, now), or(isNull(t.validTo), gt(t.validTo, now)));
  const died = reader
    .select({ id: residencies.id })
    .from(residencies)
    .where(and(eq(residencies.person, t.person), eq(residencies.endReason, 'death')));
  const rows = await reader
    .selectDistinct({ person: t.person })
    .from(t)
    .where(and(inArray(t.place, [...places]), eq(t.role, role), inForce, notExists(died)))
    .limit(MOST_IN_A_POST);
  return rows.map(({ person }) => person);
}

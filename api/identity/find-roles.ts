import { and, eq, gt, inArray, isNull, lte, ne, or, type SQL } from 'drizzle-orm';
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

/** Whether somebody other than the actor `except` holds a role at one of these places now. */
export async function isHeldByAnother(
  { reader, tables: { roles: t } }: Engine,
  input: { role: Role; places: readonly string[]; except: string; now: Instant },
): Promise<boolean> {
  const { role, places, except, now } = input;
  const inForce = and(lte(t.validFrom, now), or(isNull(t.validTo), gt(t.validTo, now)));
  const other = ne(t.person, except.replace(/^person:/, ''));
  const rows = await reader
    .select({ id: t.id })
    .from(t)
    .where(and(inArray(t.place, [...places]), eq(t.role, role), inForce, other))
    .limit(1);
  return rows.length > 0;
}

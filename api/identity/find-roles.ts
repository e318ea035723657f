import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant, Role, RoleAt } from '../platform/index.ts';

/** The roles that a person holds at this instant; ended and future ones are not among them. */
export async function findRoles(engine: Engine, person: string, now: Instant): Promise<RoleAt[]> {
  const { roles } = engine.tables;
  const rows = await engine.reader
    .select({ role: roles.role, place: roles.place })
    .from(roles)
    .where(
      and(
        eq(roles.person, person),
        lte(roles.validFrom, now),
        or(isNull(roles.validTo), gt(roles.validTo, now)),
      ),
    );
  return rows.map((row) => ({ role: row.role as Role, place: row.place }));
}

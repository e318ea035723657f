/** Where somebody is a member: by a role that runs, or because they live there. */
import { and, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant, PlaceTree, RoleAt } from '../platform/index.ts';
import { findRoles } from './find-roles.ts';

type Deps = { engine: Engine; places: PlaceTree };

/** The homes of a person who was never made a member there; not those where somebody took that away from them. */
export async function homesToJoin({ engine, places }: Deps, person: string, now: Instant): Promise<string[]> {
  const { roles: t } = engine.tables;
  const homes = await places.homesOf(person, now);
  const rows = await engine.db
    .select({ place: t.place })
    .from(t)
    .where(and(eq(t.person, person), eq(t.role, 'member')));
  const known = new Set(rows.map(({ place }) => place));
  return homes.filter((place) => !known.has(place));
}

/** As a member they would be let in: whoever never signed in is one from the day they first do. */
export async function membershipsOf(deps: Deps, person: string, now: Instant): Promise<RoleAt[]> {
  const [roles, homes] = await Promise.all([
    findRoles(deps.engine, person, now),
    homesToJoin(deps, person, now),
  ]);
  return [
    ...roles.filter(({ role }) => role === 'member'),
    ...homes.map((place) => ({ role: 'member' as const, place })),
  ];
}

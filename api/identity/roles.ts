import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { ifStill, isStale, type Engine } from '../db/index.ts';
import { actorText, EVERYWHERE, formatInstant, mayAt, problem } from '../platform/index.ts';
import type { Instant, PersonActor, PlaceTree, Problem, Role, RoleAt } from '../platform/index.ts';
import { accessLogRow, type AccessAction } from './access-log.ts';
import { findRolesToCome } from './find-roles.ts';
import { findPerson } from './people.ts';
import { grantorsOf, isOfShop, roleFits } from './role-rules.ts';

interface RoleDeps {
  readonly engine: Engine;
  readonly places: PlaceTree;
}

export interface GrantedRole {
  readonly id: string;
  readonly person: string;
  readonly role: string;
  readonly place: string;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
}

export interface GrantInput {
  readonly id: string;
  readonly person: string;
  readonly role: Role;
  readonly place: string;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly now: Instant;
}

const misplaced = problem('invalid-input', {
  fields: [
    {
      field: 'role',
      zh: '店员、店长授予在商户；居民、志愿队长、工作人员授予在小区、社区或街道',
      en: 'Clerks and managers belong to a shop; residents, leaders and staff to an estate, a community or a street',
    },
  ],
});

/** Gives a role at a place of a fitting kind; the giver must hold a role that may give it there. */
export async function grantRole(
  deps: RoleDeps,
  by: PersonActor,
  input: GrantInput,
): Promise<GrantedRole | Problem> {
  const refused = await refusedGrant(deps, by, input);
  if (refused) return refused;
  const person = await findPerson(deps.engine, input.person);
  if (person?.erasedAt !== null || person.mergedInto !== null) return problem('not-found');
  if (!(await isWithinReach(deps, by, input))) return problem('not-found');
  const { now: _now, ...granted } = input;
  const inserted = await deps.engine.db
    .insert(deps.engine.tables.roles)
    .values({ ...granted, grantedBy: actorText(by) })
    .onConflictDoNothing()
    .returning({ id: deps.engine.tables.roles.id });
  return inserted.length === 1 ? granted : problem('already-exists');
}

/** What speaks against giving this role at this place for this time, whoever gets it. */
export async function refusedGrant(
  deps: RoleDeps,
  by: PersonActor,
  { role, place, validFrom, validTo }: Pick<GrantInput, 'role' | 'place' | 'validFrom' | 'validTo'>,
): Promise<Problem | undefined> {
  if (!(await mayAt(by, grantorsOf(role), place, deps.places))) return problem('not-allowed');
  if (!roleFits(role, (await deps.places.kindOf(place)) ?? '')) return misplaced;
  if (validTo === null || validTo > validFrom) return undefined;
  const fields = [
    { field: 'validTo', zh: '结束时间要晚于开始时间', en: 'The end must come after the start' },
  ];
  return problem('invalid-input', { fields });
}

/**
 * Whom may a colleague name? Who lives or acts where they could give the role, or is somebody new whom no book knows
 * yet. A shop hires whom it likes of its book, and who lives and acts nowhere any more may begin anywhere in it; the
 * people of other books are nobody to all but those who act everywhere.
 */
async function isWithinReach(deps: RoleDeps, by: PersonActor, input: GrantInput): Promise<boolean> {
  const grantors = grantorsOf(input.role);
  if (by.roles.some(({ role, place }) => place === EVERYWHERE && grantors.includes(role))) return true;
  const held = await tiesOf(deps, input.person, input.now);
  if (held.length > 0 && !isOfShop(input.role)) {
    for (const { place } of held) if (await mayAt(by, grantors, place, deps.places)) return true;
    return false;
  }
  const [book, books] = await Promise.all([
    deps.places.bookOf(input.place),
    deps.places.booksOf(input.person),
  ]);
  return books.size === 0 || (book !== undefined && books.has(book));
}

/** What ties a person to places: the roles that they hold or are going to, and living in an estate, like a member there. */
export async function tiesOf({ engine, places }: RoleDeps, person: string, now: Instant): Promise<RoleAt[]> {
  const [roles, homes] = await Promise.all([
    findRolesToCome(engine, person, now),
    places.keptHomesOf(person, now),
  ]);
  return [...roles, ...homes.map((place) => ({ role: 'member' as const, place }))];
}

/**
 * May the actor set a new password for a person with these ties? Only if they could have given each of its roles, at
 * each home too: otherwise a password reset would be a way to become the auditor, or a resident of another estate.
 * Somebody without ties is the operator's to help.
 */
export async function mayHelp(deps: RoleDeps, by: PersonActor, held: readonly RoleAt[]): Promise<boolean> {
  for (const { role, place } of held.length > 0 ? held : [{ role: 'operator' as const, place: EVERYWHERE }]) {
    if (!(await mayAt(by, grantorsOf(role), place, deps.places))) return false;
  }
  return true;
}

/** Takes a role away as of now; it stays on record, and so does who did it. Ending an ended one changes nothing. */
export async function endRole(
  deps: RoleDeps,
  by: PersonActor,
  input: { id: string; logId: string; now: Instant },
): Promise<Problem | undefined> {
  const row = await roleWithin(deps, by, input.id);
  if (row === undefined) return problem('not-found');
  if (row.validTo !== null && row.validTo <= input.now) return undefined;
  const isSet = await setEnd(deps, by, { ...input, row, validTo: input.now, action: 'end-role' });
  return isSet ? undefined : problem('changed-meanwhile');
}

/** Sets another end for a role that has not ended, or none. */
export async function dateRole(
  deps: RoleDeps,
  by: PersonActor,
  input: { id: string; logId: string; validTo: Instant | null; now: Instant },
): Promise<GrantedRole | Problem> {
  const row = await roleWithin(deps, by, input.id);
  if (row === undefined) return problem('not-found');
  // Nobody prolongs a post of their own.
  if (row.person === by.person) return problem('second-person-needed');
  const { validTo, now } = input;
  if (row.validTo !== null && row.validTo <= now) return problem('already-done');
  if (validTo !== null && validTo <= Math.max(now, row.validFrom)) {
    const fields = [
      { field: 'validTo', zh: '要晚于今天和开始的那天', en: 'Later than today and the day it begins' },
    ];
    return problem('invalid-input', { fields });
  }
  if (validTo === null && (await runsOn(deps, row))) return problem('already-exists');
  if (!(await setEnd(deps, by, { ...input, row, validTo, action: 'date-role' })))
    return problem('changed-meanwhile');
  const { id, person, role, place, validFrom } = row;
  return { id, person, role, place, validFrom, validTo };
}

/** A role that the actor could have given. */
async function roleWithin({ engine, places }: RoleDeps, by: PersonActor, id: string) {
  const { roles } = engine.tables;
  const [row] = await engine.db.select().from(roles).where(eq(roles.id, id));
  if (row === undefined) return undefined;
  return (await mayAt(by, grantorsOf(row.role as Role), row.place, places)) ? row : undefined;
}

type RoleRow = NonNullable<Awaited<ReturnType<typeof roleWithin>>>;

/** Whether the person has the same role there a second time, without an end. */
async function runsOn({ engine }: RoleDeps, { id, person, role, place }: RoleRow): Promise<boolean> {
  const { roles: t } = engine.tables;
  const same = and(
    eq(t.person, person),
    eq(t.role, role),
    eq(t.place, place),
    ne(t.id, id),
    isNull(t.validTo),
  );
  return (await engine.db.select({ id: t.id }).from(t).where(same).limit(1)).length > 0;
}

/** Whether it was written: another end since it was read is not written over. */
async function setEnd(
  { engine }: RoleDeps,
  by: PersonActor,
  input: { row: RoleRow; logId: string; now: Instant; validTo: Instant | null; action: AccessAction },
): Promise<boolean> {
  const { roles, accessLog } = engine.tables;
  const { row, validTo, now, action } = input;
  const said = (end: Instant | null): string => (end === null ? '-' : formatInstant(end));
  const log = accessLogRow({
    ...{ id: input.logId, at: now, actor: actorText(by), action },
    ...{ subject: `person:${row.person}`, place: row.place },
    reason: action === 'date-role' ? `${said(row.validTo)} → ${said(validTo)}` : '',
  });
  const asRead = row.validTo === null ? isNull(roles.validTo) : eq(roles.validTo, row.validTo);
  try {
    await engine.atomically((db) => [
      db
        .update(roles)
        .set({ validTo, validFrom: ifStill(asRead, sql`${roles.validFrom}`) })
        .where(eq(roles.id, row.id)),
      db.insert(accessLog).values(log),
    ]);
    return true;
  } catch (error) {
    if (isStale(error, { table: 'roles', column: 'valid_from' })) return false;
    throw error;
  }
}

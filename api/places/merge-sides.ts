/**
 * The two registrations that may be one human, as a colleague works with them: everything that a merge would move, what
 * would become of it, and what speaks against it.
 */
import { createHash } from 'node:crypto';
import { and, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import {
  canSignIn,
  diedOn,
  mayHelp,
  rolesOfPerson,
  type GrantedRole,
  type Person,
} from '../identity/index.ts';
import { isProblem, mayAt, problem, type PersonActor, type Problem, type Role } from '../platform/index.ts';
import { checkedEachOther } from './checked-each-other.ts';
import type { ProductDeps } from './index.ts';
import { housesOfPerson, knownPerson, type KnownResidency } from './known-person.ts';
import { planResidencies, planRoles, type ResidencyPlan, type RolePlan } from './rules/merge-plan.ts';

/** Who merges: whoever keeps the roster. */
export const MERGES = ['operator', 'staff'] as const satisfies readonly Role[];

export type Side = {
  person: Person;
  residencies: KnownResidency[];
  roles: GrantedRole[];
  /** An account of the ledger in any book, whatever is left in it, or an offset: the family's points may have paid it. */
  hasPoints: boolean;
  canSignIn: boolean;
  /** Links that still work. */
  openLinks: number;
};
export type Pair = { keeper: string; duplicate: string };
export type Sides = {
  keeper: Side;
  duplicate: Side;
  book: number;
  /** Whose colleagues decide, and whose access log has it. */
  place: string;
  plan: MergePlan;
  /** Stands for all that was seen of the two; another one means that something changed. */
  seen: string;
  /** What speaks against it now. */
  against: Problem | undefined;
};
export type MergePlan = {
  residencies: ResidencyPlan;
  roles: RolePlan;
  signIn: 'none' | 'moved' | 'closed';
  phone: boolean;
};

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;

/**
 * `not-found` for people of whom the colleague sees nothing and for those of two books; `not-allowed` where one of the
 * two lives or acts at a place beyond theirs, since a merge hands over all of it, a way to sign in too.
 */
export async function mergeSides(deps: Deps, by: PersonActor, pair: Pair): Promise<Sides | Problem> {
  const { engine, places, clock } = deps;
  if (pair.keeper === pair.duplicate) return problem('invalid-input', { fields: [twoPeople] });
  // One after the other, here and below: within a turn they share one connection.
  const keeper = await sideOf(deps, by, pair.keeper);
  if (isProblem(keeper)) return keeper;
  const duplicate = await sideOf(deps, by, pair.duplicate);
  if (isProblem(duplicate)) return duplicate;
  const gone = [keeper.person, duplicate.person];
  if (gone.some(({ mergedInto }) => mergedInto !== null)) return problem('person-merged');
  const ours = await places.booksOf(pair.keeper);
  const theirs = await places.booksOf(pair.duplicate);
  const book = [...theirs].find((one) => ours.has(one));
  if (book === undefined) return problem('not-found');
  if (gone.some(({ erasedAt }) => erasedAt !== null)) return problem('person-erased');
  const plan = planOf(keeper, duplicate, clock());
  const against = await speaksAgainst(engine, keeper, duplicate);
  const place = placeOf(duplicate) ?? placeOf(keeper) ?? '';
  return { keeper, duplicate, book, place, plan, against, seen: seenOf(keeper, duplicate) };
}

async function sideOf(deps: Deps, by: PersonActor, id: string): Promise<Side | Problem> {
  const { engine, places, clock } = deps;
  const known = await knownPerson(deps, by, { person: id, who: MERGES });
  if (!known) return problem('not-found');
  const residencies = await housesOfPerson(engine, id);
  const roles = await rolesOfPerson(engine, id);
  const at = [...residencies.map(({ at }) => at.estate), ...roles.map(({ place }) => place)];
  for (const place of new Set(at))
    if (!(await mayAt(by, MERGES, place, places))) return problem('not-allowed');
  const now = clock();
  const goesOn = roles.filter(({ validTo }) => validTo === null || validTo > now);
  const held = goesOn.map(({ role, place }) => ({ role: role as Role, place }));
  // Nobody gets a post or a way to sign in by a merge that they could not give.
  if (held.length > 0 && !(await mayHelp(deps, by, held))) return problem('not-allowed');
  return {
    ...{ person: known.person, residencies, roles },
    hasPoints: (await ownsAccounts(engine, id)) || (await hasOffsets(engine, id)),
    canSignIn: await canSignIn(engine, id),
    openLinks: await countOpenLinks(engine, id, clock()),
  };
}

/** Books are few; the accounts of an owner are found in each by the index. */
async function ownsAccounts({ db, tables: { accounts, books } }: Engine, owner: string): Promise<boolean> {
  const all = await db.select({ id: books.id }).from(books);
  if (all.length === 0) return false;
  const ids = all.map(({ id }) => id);
  const rows = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(inArray(accounts.book, ids), eq(accounts.owner, owner)))
    .limit(1);
  return rows.length > 0;
}

/** What the family's points paid at somebody's word is theirs alone to take back, whether they ever had points or not. */
async function hasOffsets({ db, tables: { offsets: t } }: Engine, member: string): Promise<boolean> {
  return (await db.select({ id: t.id }).from(t).where(eq(t.member, member)).limit(1)).length > 0;
}

async function countOpenLinks({ db, tables }: Engine, person: string, now: number): Promise<number> {
  const { invitations: t } = tables;
  const open = and(isNull(t.usedAt), isNull(t.cancelledAt), isNotNull(t.person), gt(t.endsAt, now));
  const rows = await db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.person, person), open))
    .limit(20);
  return rows.length;
}

export function planOf(keeper: Side, duplicate: Side, now: number): MergePlan {
  const stays = ({ residencies }: Side) =>
    residencies.map(({ id, house, since, until }) => ({ id, house, since, until }));
  const signIn = !duplicate.canSignIn ? 'none' : keeper.canSignIn ? 'closed' : 'moved';
  return {
    residencies: planResidencies(stays(keeper), stays(duplicate)),
    roles: planRoles(keeper.roles, duplicate.roles, now),
    signIn,
    phone: keeper.person.phone === null && duplicate.person.phone !== null,
  };
}

/** Points belong to whoever earned them: nothing of the ledger moves, so the one who has any stays. */
async function speaksAgainst(engine: Engine, keeper: Side, duplicate: Side): Promise<Problem | undefined> {
  if (duplicate.hasPoints) return problem(keeper.hasPoints ? 'both-have-points' : 'keep-the-other');
  // Whoever stays would be dead by a row that moves, or come alive by one that does not.
  const deaths = [await diedOn(engine, keeper.person.id), await diedOn(engine, duplicate.person.id)];
  if (deaths.filter((day) => day !== undefined).length === 1) return problem('one-has-died');
  if (await checkedEachOther(engine, [keeper.person.id, duplicate.person.id]))
    return problem('checked-each-other');
  return undefined;
}

function placeOf({ residencies, roles }: Side): string | undefined {
  return residencies.at(-1)?.at.estate ?? roles.at(-1)?.place;
}

function seenOf(keeper: Side, duplicate: Side): string {
  const facts = [keeper, duplicate].map(({ person, residencies, roles, hasPoints, canSignIn: signsIn }) => [
    ...[person.id, person.version, hasPoints, signsIn],
    residencies.map(({ id, version, since, until }) => [id, version, since, until]).toSorted(),
    roles.map(({ id, validFrom, validTo }) => [id, validFrom, validTo]).toSorted(),
  ]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

const twoPeople = {
  field: 'duplicate',
  zh: '要选两份不同的登记',
  en: 'Choose two different registrations',
};

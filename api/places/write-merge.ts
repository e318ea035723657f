/** Writes an approved merge: houses, posts, the way to sign in and all that is about the duplicate, and that the keeper is told, in one go. */
import { eq, sql, type SQL } from 'drizzle-orm';
import { ifStill, type Database, type Engine } from '../db/index.ts';
import { accessLogRow, type MergeEffects } from '../identity/index.ts';
import { actorText, type PersonActor } from '../platform/index.ts';
import type { ProductDeps } from './index.ts';
import type { MergeRequest } from './merge-requests.ts';
import type { Side, Sides } from './merge-sides.ts';
import { endWaysIn, moveRows, moveSignIn } from './move-rows.ts';
import type { TellPeople } from './tell-people.ts';

type Deps = Pick<ProductDeps, 'engine' | 'ids' | 'clock'> & { readonly tell: TellPeople };

/** Rejects (`isStale` of the state of `person_merges`) where one of the two is no longer as it was seen. */
export async function writeMerge(
  { engine, ids, clock, tell }: Deps,
  by: PersonActor,
  { request, sides }: { request: MergeRequest; sides: Sides },
): Promise<void> {
  const { people, personMerges: t, accessLog } = engine.tables;
  const [now, actor] = [clock(), actorText(by)];
  const { keeper, duplicate, plan, place } = sides;
  const pair = { keeper: keeper.person.id, duplicate: duplicate.person.id };
  const ways = { pair, signIn: plan.signIn, by: actor, now };
  const logged = (person: string) =>
    accessLogRow({
      ...{ id: ids(), at: now, actor, action: 'merge' as const, subject: `person:${person}` },
      ...{ place, reason: request.reason },
    });
  const phone = plan.phone ? { phone: duplicate.person.phone } : {};
  const merged = {
    ...{ person: pair.keeper, kind: 'merged' as const, event: `merge:${request.id}` },
    ...(plan.signIn === 'closed' && { what: otherNameEnded }),
  };
  await tell(engine, [merged], (db) => [
    db
      .update(t)
      .set({
        ...{ state: ifStill(asSeen(engine, request, sides), 'approved') },
        ...{ decidedBy: actor, decidedAt: now, version: request.version + 1, effects: effectsOf(sides) },
      })
      .where(eq(t.id, request.id)),
    db
      .update(people)
      .set({ mergedInto: pair.keeper, version: duplicate.person.version + 1 })
      .where(eq(people.id, pair.duplicate)),
    db
      .update(people)
      .set({ ...phone, version: keeper.person.version + 1 })
      .where(eq(people.id, pair.keeper)),
    ...moveHomes(engine, db, { sides, ids, now }),
    ...moveRoles(engine, db, sides),
    ...moveSignIn(engine, db, ways),
    ...endWaysIn(engine, db, ways),
    ...moveRows(engine, db, pair),
    db.insert(accessLog).values([logged(pair.duplicate), logged(pair.keeper)]),
  ]);
}

const otherNameEnded = {
  zh: '另一份登记的用户名和密码不能再用了，请用您现在的登录。',
  en: 'The user name of the other one no longer works; sign in as you do now.',
};

/**
 * Whether all is as it was seen, looked at by the write itself: what is not done in the turns of the two (a post given, a
 * password chosen, points that came) would else be lost. A state that is null breaks the whole off.
 */
function asSeen({ tables }: Engine, request: MergeRequest, { keeper, duplicate }: Sides): SQL {
  const { accounts, books, offsets, people, personMerges: t } = tables;
  const is = (side: Side) => sql`exists (
    select 1 from ${people} where ${people.id} = ${side.person.id} and ${people.version} = ${side.person.version}
      and ${people.mergedInto} is null and ${people.erasedAt} is null)`;
  return sql`${t.state} = 'waiting' and ${t.version} = ${request.version} and ${is(keeper)} and ${is(duplicate)}
    and ${holds(tables, keeper)} and ${holds(tables, duplicate)}
    and not exists (select 1 from ${accounts} where ${accounts.owner} = ${duplicate.person.id}
      and ${accounts.book} in (select ${books.id} from ${books}))
    and not exists (select 1 from ${offsets} where ${offsets.member} = ${duplicate.person.id})`;
}

/** As many houses and posts as were seen, and the sign-in. */
function holds({ residencies, roles, users }: Engine['tables'], side: Side): SQL {
  const { id } = side.person;
  return sql`(select count(*) from ${residencies} where ${residencies.person} = ${id}) = ${side.residencies.length}
    and (select count(*) from ${roles} where ${roles.person} = ${id}) = ${side.roles.length}
    and (select count(*) from ${users} where ${users.id} = ${id} and ${users.username} is not null)
      = ${side.canSignIn ? 1 : 0}`;
}

function moveHomes(
  { tables: { residencies: t } }: Engine,
  db: Database,
  { sides, ids, now }: { sides: Sides; ids: () => string; now: number },
): PromiseLike<unknown>[] {
  const { moved, added, collapsed } = sides.plan.residencies;
  const person = sides.keeper.person.id;
  const rowOf = (id: string) => sides.duplicate.residencies.find((row) => row.id === id)!;
  return [
    ...collapsed.map((id) => db.delete(t).where(eq(t.id, id))),
    ...moved.map(({ id, since, until }) => {
      const { version, ...row } = rowOf(id);
      const endReason = until === row.until ? row.endReason : null;
      return db
        .update(t)
        .set({ person, since, until, endReason, version: version + 1 })
        .where(eq(t.id, id));
    }),
    ...added.map(({ of, since, until }) => {
      const { house, relation, endReason } = rowOf(of);
      const row = { id: ids(), version: 1, house, person, relation, endReason, createdAt: now };
      return db.insert(t).values({ ...row, since, until });
    }),
  ];
}

function moveRoles(
  { tables: { roles: t } }: Engine,
  db: Database,
  { keeper, plan }: Sides,
): PromiseLike<unknown>[] {
  const { id: person } = keeper.person;
  return [
    // Ended first: two that run are refused by the index, and so is one that moves while both do.
    ...plan.roles.ended.map(({ id, validTo }) => db.update(t).set({ person, validTo }).where(eq(t.id, id))),
    ...plan.roles.moved.map((id) => db.update(t).set({ person }).where(eq(t.id, id))),
  ];
}

function effectsOf({ duplicate, plan }: Sides): MergeEffects {
  const gone = duplicate.residencies.filter(({ id }) => plan.residencies.collapsed.includes(id));
  return {
    residencies: {
      moved: plan.residencies.moved.length,
      collapsed: gone.map(({ id, house, relation, since, until }) => ({ id, house, relation, since, until })),
    },
    roles: { moved: plan.roles.moved.length, ended: plan.roles.ended.length },
    ...{ signIn: plan.signIn, phone: plan.phone, links: duplicate.openLinks },
  };
}

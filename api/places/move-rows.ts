/** What a merge writes beside houses and posts: what is about the duplicate becomes the keeper's, and ways in end. */
import { and, eq, gt, inArray, isNull, notExists, notInArray, or, sql } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import type { MergePlan, Pair } from './merge-sides.ts';

type Written = PromiseLike<unknown>[];

/** Services, questions, notices, and the differences that they see to. */
export function moveRows({ tables }: Engine, db: Database, { keeper, duplicate }: Pair): Written {
  const { people, services, inquiries, notices, deliveries, noticeSettings, breaks } = tables;
  const told = db.select({ event: notices.event }).from(notices).where(eq(notices.person, keeper));
  const chosen = db
    .select({ id: noticeSettings.id })
    .from(noticeSettings)
    .where(eq(noticeSettings.id, keeper));
  return [
    // Whoever was merged into the duplicate before is the keeper now: no way leads over two rows.
    db.update(people).set({ mergedInto: keeper }).where(eq(people.mergedInto, duplicate)),
    db
      .update(services)
      .set({ member: keeper, version: sql`${services.version} + 1` })
      .where(eq(services.member, duplicate)),
    db
      .update(inquiries)
      .set({ member: keeper, version: sql`${inquiries.version} + 1` })
      .where(eq(inquiries.member, duplicate)),
    db
      .update(breaks)
      .set({ owner: keeper, version: sql`${breaks.version} + 1` })
      .where(eq(breaks.owner, duplicate)),
    // What the keeper was told already is not told twice.
    db
      .update(notices)
      .set({ person: keeper, version: sql`${notices.version} + 1` })
      .where(and(eq(notices.person, duplicate), notInArray(notices.event, told))),
    db
      .update(deliveries)
      .set({ person: keeper, version: sql`${deliveries.version} + 1` })
      .where(eq(deliveries.person, duplicate)),
    db
      .update(noticeSettings)
      .set({ id: keeper, version: sql`${noticeSettings.version} + 1` })
      .where(and(eq(noticeSettings.id, duplicate), notExists(chosen))),
  ];
}

/** Links, codes, consents and the WeChat of the duplicate end; where its sign-in moves, links by which the keeper could choose another do, too. */
export function endWaysIn(
  { tables }: Engine,
  db: Database,
  { pair, signIn, by, now }: { pair: Pair; signIn: MergePlan['signIn']; by: string; now: number },
): Written {
  const { wechatBindings } = tables;
  const { keeper, duplicate } = pair;
  return [
    ...endLinks({ tables }, db, { people: signIn === 'moved' ? [duplicate, keeper] : [duplicate], now }),
    // Consents were given between the people that the two rows were taken for: they are given anew.
    ...endActing({ tables }, db, { person: duplicate, by, now }),
    db.delete(wechatBindings).where(eq(wechatBindings.person, duplicate)),
  ];
}

type Tables = Pick<Engine, 'tables'>;

/** Links by which somebody could choose a sign-in. */
export function endLinks(
  { tables: { invitations: t } }: Tables,
  db: Database,
  { people, now }: { people: string[]; now: number },
): Written {
  return [
    db
      .update(t)
      .set({ cancelledAt: now, version: sql`${t.version} + 1` })
      .where(and(inArray(t.person, people), isNull(t.usedAt), isNull(t.cancelledAt))),
  ];
}

/** Codes that somebody showed or was sent, and the consents that they gave and got. */
export function endActing(
  { tables: { signInCodes, codes, helperCodes, proxies, poolConsents } }: Tables,
  db: Database,
  { person, by, now }: { person: string; by: string; now: number },
): Written {
  return [
    // Found by when they end, of which few are still to come.
    db
      .update(signInCodes)
      .set({ usedAt: now })
      .where(and(eq(signInCodes.person, person), gt(signInCodes.endsAt, now), isNull(signInCodes.usedAt))),
    // A till that has looked one up has not: it asks again.
    db
      .update(codes)
      .set({ endsAt: now, resolvedAt: null, resolvedPlace: null, version: sql`${codes.version} + 1` })
      .where(and(eq(codes.member, person), gt(codes.endsAt, now - CONFIRM_MS), isNull(codes.usedAt))),
    db
      .update(proxies)
      .set({ endedAt: now, endedBy: by, version: sql`${proxies.version} + 1` })
      .where(and(or(eq(proxies.principal, person), eq(proxies.proxy, person)), isNull(proxies.endedAt))),
    db
      .update(poolConsents)
      .set({ endedAt: now, endedBy: by, version: sql`${poolConsents.version} + 1` })
      .where(and(eq(poolConsents.person, person), isNull(poolConsents.endedAt))),
    db.delete(helperCodes).where(eq(helperCodes.person, person)),
  ];
}

/** As long as a till that has looked a code up may take to confirm. */
const CONFIRM_MS = 180_000;

/** One human has one sign-in: the keeper's own, or else the duplicate's with its sessions. */
export function moveSignIn(
  { tables }: Engine,
  db: Database,
  { pair: { keeper, duplicate }, signIn }: { pair: Pair; signIn: MergePlan['signIn'] },
): Written {
  const { users, sessions, credentials } = tables;
  const closed = (person: string) => [
    db.delete(credentials).where(eq(credentials.userId, person)),
    db.delete(users).where(eq(users.id, person)),
  ];
  if (signIn !== 'moved')
    return [db.delete(sessions).where(eq(sessions.userId, duplicate)), ...closed(duplicate)];
  return [
    // A keeper who only ever signed in by a phone's code has a user without a name.
    ...closed(keeper),
    db
      .update(users)
      .set({ id: keeper, email: `${keeper}@linli.invalid` })
      .where(eq(users.id, duplicate)),
    db
      .update(credentials)
      .set({ userId: keeper, accountId: keeper })
      .where(eq(credentials.userId, duplicate)),
    db.update(sessions).set({ userId: keeper }).where(eq(sessions.userId, duplicate)),
  ];
}

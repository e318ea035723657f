import { and, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { problem, together } from '../platform/index.ts';
import type { Instant, Problem } from '../platform/index.ts';
import { accessLogRow } from './access-log.ts';
import { initialsOf } from './initials.ts';

/** The erasable store of personal data. Everything else in Linli knows a person by id only. */
export interface Person {
  readonly id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly initials: string | null;
  readonly erasedAt: Instant | null;
  /** Where this row is the same human as another one, which stays; this one is then nobody any more. */
  readonly mergedInto: string | null;
  readonly version: number;
}

/** A new person's row, for whoever imports or registers people. */
export function personRow(input: { id: string; name: string; phone?: string }, now: Instant) {
  const { id, name, phone = null } = input;
  return {
    id,
    name,
    phone,
    initials: initialsOf(name),
    createdAt: now,
    erasedAt: null,
    mergedInto: null,
    version: 1,
  };
}

export const findPerson: (engine: Engine, id: string) => Promise<Person | undefined> = together(
  async ({ reader, tables: { people } }: Engine, ids) => {
    const rows = await reader
      .select()
      .from(people)
      .where(inArray(people.id, [...ids]));
    return new Map(rows.map((row) => [row.id, row]));
  },
);

const FILLED_AT_ONCE = 200;

/** People whom an older version registered get their initials; done when nobody lacks them. */
export async function fillInitials(engine: Engine): Promise<void> {
  const { people: t } = engine.tables;
  for (;;) {
    const rows = await engine.db
      .select({ id: t.id, name: t.name })
      .from(t)
      .where(and(isNull(t.initials), isNotNull(t.name)))
      .limit(FILLED_AT_ONCE);
    for (const { id, name } of rows) {
      const own = and(eq(t.id, id), isNull(t.erasedAt));
      await engine.db
        .update(t)
        .set({ initials: initialsOf(name ?? '') })
        .where(own);
    }
    if (rows.length < FILLED_AT_ONCE) return;
  }
}

/**
 * Erases a person on request (个人信息保护法 art. 47): name, phone, sign-in, sessions, running roles, consents
 * to act for them or by them, what was asked and answered about their points, and what they were told go in one
 * database transaction, with every row of theirs that was merged; the ledger keeps its entries under an id that now
 * means nobody. Done twice is done once.
 */
export async function erasePerson(
  engine: Engine,
  input: { person: string; by: string; place: string; reason: string; logId: string; now: Instant },
): Promise<Problem | undefined> {
  const { people, roles, users, sessions, credentials, accessLog, inquiries, inquiryWords } = engine.tables;
  const { notices, deliveries, noticeSettings, wechatBindings, proxies, helperCodes, poolConsents } =
    engine.tables;
  const { now } = input;
  const known = await findPerson(engine, input.person);
  if (known === undefined) return problem('not-found');
  const person = known.mergedInto ?? known.id;
  const merged = await engine.db.select({ id: people.id }).from(people).where(eq(people.mergedInto, person));
  const ids = [person, ...merged.map(({ id }) => id)];
  const asked = (db: Database) =>
    db.select({ id: inquiries.id }).from(inquiries).where(inArray(inquiries.member, ids));
  await engine.atomically((db) => [
    db
      .update(people)
      .set({ name: null, phone: null, initials: null, erasedAt: now })
      .where(and(inArray(people.id, ids), isNull(people.erasedAt))),
    db
      .update(roles)
      .set({ validTo: now })
      .where(and(inArray(roles.person, ids), or(isNull(roles.validTo), gt(roles.validTo, now)))),
    db
      .update(inquiryWords)
      .set({ text: null })
      .where(inArray(inquiryWords.inquiry, asked(db))),
    db
      .update(proxies)
      .set({ endedAt: now, endedBy: input.by, version: sql`${proxies.version} + 1` })
      .where(and(or(inArray(proxies.principal, ids), inArray(proxies.proxy, ids)), isNull(proxies.endedAt))),
    db
      .update(poolConsents)
      .set({ endedAt: now, endedBy: input.by, version: sql`${poolConsents.version} + 1` })
      .where(and(inArray(poolConsents.person, ids), isNull(poolConsents.endedAt))),
    db.delete(helperCodes).where(inArray(helperCodes.person, ids)),
    db.delete(notices).where(inArray(notices.person, ids)),
    db.delete(deliveries).where(inArray(deliveries.person, ids)),
    db.delete(noticeSettings).where(inArray(noticeSettings.id, ids)),
    db.delete(sessions).where(inArray(sessions.userId, ids)),
    db.delete(credentials).where(inArray(credentials.userId, ids)),
    db.delete(users).where(inArray(users.id, ids)),
    db.delete(wechatBindings).where(inArray(wechatBindings.person, ids)),
    db.insert(accessLog).values(
      accessLogRow({
        id: input.logId,
        at: now,
        actor: input.by,
        action: 'erase',
        subject: `person:${person}`,
        place: input.place,
        reason: input.reason,
      }),
    ),
  ]);
  return undefined;
}

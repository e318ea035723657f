import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
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
  readonly version: number;
}

/** A new person's row, for whoever imports or registers people. */
export function personRow(input: { id: string; name: string; phone?: string }, now: Instant) {
  const { id, name, phone = null } = input;
  return { id, name, phone, initials: initialsOf(name), createdAt: now, erasedAt: null, version: 1 };
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
 * Erases a person on request (个人信息保护法 art. 47): name, phone, sign-in, sessions, running roles, what was
 * asked and answered about their points, and what they were told go in one
 * database transaction; the ledger keeps its entries under an id that now means nobody. Done twice is done once.
 */
export async function erasePerson(
  engine: Engine,
  input: { person: string; by: string; place: string; reason: string; logId: string; now: Instant },
): Promise<Problem | undefined> {
  const { people, roles, users, sessions, credentials, accessLog, inquiries, inquiryWords } = engine.tables;
  const { notices, deliveries, noticeSettings } = engine.tables;
  const { person, now } = input;
  if ((await findPerson(engine, person)) === undefined) return problem('not-found');
  const asked = (db: Database) =>
    db.select({ id: inquiries.id }).from(inquiries).where(eq(inquiries.member, person));
  await engine.atomically((db) => [
    db
      .update(people)
      .set({ name: null, phone: null, initials: null, erasedAt: now })
      .where(and(eq(people.id, person), isNull(people.erasedAt))),
    db
      .update(roles)
      .set({ validTo: now })
      .where(and(eq(roles.person, person), isNull(roles.validTo))),
    db
      .update(inquiryWords)
      .set({ text: null })
      .where(inArray(inquiryWords.inquiry, asked(db))),
    db.delete(notices).where(eq(notices.person, person)),
    db.delete(deliveries).where(eq(deliveries.person, person)),
    db.delete(noticeSettings).where(eq(noticeSettings.id, person)),
    db.delete(sessions).where(eq(sessions.userId, person)),
    db.delete(credentials).where(eq(credentials.userId, person)),
    db.delete(users).where(eq(users.id, person)),
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

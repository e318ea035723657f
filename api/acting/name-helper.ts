/** 请家人代办: a resident lets one named person act for them, until a day. Both are told in the same step. */
import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import {
  accessLogRow,
  endOfConsent,
  findPerson,
  hasDied,
  type MayDo,
  type StoredConsent,
} from '../identity/index.ts';
import { writeNotices, type NoticeDeps, type Telling } from '../notices/index.ts';
import { dayIn } from '../places/index.ts';
import { problem, type Problem } from '../platform/index.ts';
import { addDays } from '../programme/index.ts';

/** A family has a few who help; somebody who acts for many is no relative. */
export const MOST_HELPERS = 5;
export const MOST_PRINCIPALS = 10;

export type NewConsent = {
  principal: string;
  proxy: string;
  may: MayDo;
  until?: string | undefined;
  given: StoredConsent['given'];
  paper?: string | undefined;
  place: string;
  by: string;
  /** The code that it was given by; it is used up. */
  code?: string | undefined;
};

const wrongEnd = {
  field: 'until',
  zh: '结束日期要在今天之后，最长三年',
  en: 'The end must come after today, within three years',
};

/** Naming the same person anew ends the consent before. */
export async function nameHelper(deps: NoticeDeps, input: NewConsent): Promise<StoredConsent | Problem> {
  const { principal, proxy, may, given, paper, place, by, code } = input;
  const now = deps.clock();
  const since = dayIn(now);
  const until = endOfConsent(since, input.until);
  if (until === undefined) return problem('invalid-input', { fields: [wrongEnd] });
  const named = await findPerson(deps.engine, proxy);
  if (principal === proxy || named?.erasedAt !== null) return problem('not-found');
  // A death is registered in the turn of the person: a consent is made before it and ended by it, or is not made.
  const turns = [`proxies:${principal}`, `person:${principal}`, `person:${proxy}`];
  return deps.engine.exclusively(turns, async (engine) => {
    if ((await hasDied(engine, principal)) || (await hasDied(engine, proxy))) return problem('not-found');
    const refused = await refusedToName(engine, { principal, proxy, day: since });
    if (refused) return refused;
    const { proxies: t, helperCodes, accessLog } = engine.tables;
    if (code !== undefined) {
      const unused = and(eq(helperCodes.id, code), isNull(helperCodes.usedAt));
      const used = await engine.db
        .update(helperCodes)
        .set({ usedAt: now })
        .where(unused)
        .returning({ id: helperCodes.id });
      if (used.length === 0) return problem('helper-code-unknown');
    }
    const consent: StoredConsent = {
      ...{ id: deps.ids(), version: 1, principal, proxy, may, since, until, given },
      ...{ paper: paper ?? '', place, recordedBy: by, createdAt: now, endedAt: null, endedBy: null },
    };
    const facts = { day: addDays(until, -1), points: [], may, ...(paper !== undefined && { paper }) };
    const told = { event: `consent:${consent.id}`, transaction: null };
    const tellings: Telling[] = [
      { ...told, person: principal, kind: 'helper-named', facts },
      { ...told, person: proxy, kind: 'helps-now', facts },
    ];
    const log = { actor: by, action: 'name-helper' as const, subject: `person:${principal}`, place };
    const row = accessLogRow({ id: deps.ids(), at: now, ...log, reason: paper ?? '' });
    await writeNotices({ ...deps, engine }, tellings, (db) => [
      db
        .update(t)
        .set({ endedAt: now, endedBy: by, version: sql`${t.version} + 1` })
        .where(and(eq(t.proxy, proxy), eq(t.principal, principal), isNull(t.endedAt))),
      db.insert(t).values(consent),
      ...(given === 'paper' ? [db.insert(accessLog).values(row)] : []),
    ]);
    return consent;
  });
}

async function refusedToName(
  { db, tables: { proxies: t } }: Engine,
  { principal, proxy, day }: { principal: string; proxy: string; day: string },
): Promise<Problem | undefined> {
  const stands = and(isNull(t.endedAt), gt(t.until, day));
  const helpers = await db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.principal, principal), ne(t.proxy, proxy), stands))
    .limit(MOST_HELPERS);
  if (helpers.length === MOST_HELPERS) return problem('too-many-helpers');
  const helped = await db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.proxy, proxy), ne(t.principal, principal), stands))
    .limit(MOST_PRINCIPALS);
  return helped.length === MOST_PRINCIPALS ? problem('helps-too-many') : undefined;
}

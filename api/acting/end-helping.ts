/** Ended at once, by the resident, the relative or staff; both are told. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { accessLogRow, findConsent } from '../identity/index.ts';
import { writeNotices, type NoticeDeps, type Telling } from '../notices/index.ts';
import { dayIn } from '../places/index.ts';
import { problem, type Problem } from '../platform/index.ts';

/** Ending an ended one changes nothing. What is being posted under it at this moment is first, or is not posted. */
export function endHelping(
  deps: NoticeDeps,
  { consent: id, by }: { consent: string; by: string },
): Promise<Problem | undefined> {
  return deps.engine.exclusively(`consent:${id}`, async (engine) => {
    const consent = await findConsent(engine, id);
    if (!consent) return problem('not-found');
    if (consent.endedAt !== null) return undefined;
    const { principal, proxy, place } = consent;
    const now = deps.clock();
    const { proxies: t, accessLog } = engine.tables;
    const told = { kind: 'helper-ended', event: `consent:${id}`, transaction: null } as const;
    const facts = { day: dayIn(now), points: [] };
    const tellings: Telling[] = [principal, proxy].map((person) => ({ ...told, person, facts }));
    const isOwn = [principal, proxy].some((person) => by === `person:${person}`);
    const log = { actor: by, action: 'end-helper' as const, subject: `person:${principal}`, place };
    const row = accessLogRow({ id: deps.ids(), at: now, ...log, reason: '' });
    await writeNotices({ ...deps, engine }, tellings, (db) => [
      db
        .update(t)
        .set({ endedAt: now, endedBy: by, version: sql`${t.version} + 1` })
        .where(and(eq(t.id, id), isNull(t.endedAt))),
      ...(isOwn ? [] : [db.insert(accessLog).values(row)]),
    ]);
    return undefined;
  });
}

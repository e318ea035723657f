import { desc, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Deps, Instant } from '../platform/index.ts';

/** What of people and places is written down, whoever does it. */
export const accessActions = [
  'unmask',
  'export',
  'erase',
  'sign-in',
  'end-role',
  'date-role',
  'invite',
  'look',
  'read-code',
  'correct',
  'add-residency',
  'end-residency',
  'rename-place',
  'name-firm',
  'compare',
  'ask-merge',
  'merge',
  'bind-wechat',
  'unbind-wechat',
  'name-helper',
  'end-helper',
  'open-file',
] as const;
export type AccessAction = (typeof accessActions)[number];

/** One look at what is masked, one file taken away, one sign-in given. Ids only: the log must not become a second address book. */
export interface AccessLogEntry {
  readonly id: string;
  readonly at: Instant;
  readonly actor: string;
  /** `sign-in`: `actor` chose a password for `subject`, who may be the same person; `end-role`: took a role away; `date-role`: set another end for it; `invite`: made a link for them; `look`: saw what points they have; `read-code`: read a sign-in code out to them; `compare`: laid the two side by side; `merge`: made one person of the two; `name-helper`, `end-helper`: recorded whom they let act for them, or that it is over; `open-file`: opened a file that hangs on `subject`. */
  readonly action: AccessAction;
  readonly subject: string;
  readonly place: string;
  /** Why, as whoever did it wrote; of a file, what it is called. */
  readonly reason: string;
}

export function accessLogRow(entry: AccessLogEntry): AccessLogEntry {
  return entry;
}

/** Written before the data is shown: if the log cannot be written, nothing is shown. */
export async function logAccess(engine: Engine, entry: AccessLogEntry): Promise<void> {
  await engine.db.insert(engine.tables.accessLog).values(accessLogRow(entry));
}

/** One visit at a desk: what is looked at within it is one look, on however many pages. */
const VISIT_MS = 10 * 60_000;
/** Of one person's log, newest first: what a busy desk writes about them within a visit. */
const RECENT = 50;

/** One look is one line: a page that loads anew, and the pages that follow from it, add none. So is a file that a page shows. */
export function logLook(
  { engine: shared, clock, ids }: Pick<Deps, 'engine' | 'clock' | 'ids'>,
  {
    what = 'look',
    reason = '',
    ...look
  }: Pick<AccessLogEntry, 'actor' | 'subject' | 'place'> & { what?: 'look' | 'open-file'; reason?: string },
): Promise<void> {
  return shared.exclusively(`look:${look.actor}:${look.subject}`, async (engine) => {
    const [now, { accessLog: t }] = [clock(), engine.tables];
    const recent = await engine.db
      .select()
      .from(t)
      .where(eq(t.subject, look.subject))
      .orderBy(desc(t.id))
      .limit(RECENT);
    const isSame = recent.some(
      ({ action, actor, place, at }) =>
        action === what && actor === look.actor && place === look.place && at > now - VISIT_MS,
    );
    if (!isSame) await logAccess(engine, { id: ids(), at: now, action: what, reason, ...look });
  });
}

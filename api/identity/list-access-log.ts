/** Who saw, took away or changed what of people at a place; for auditors, the latest first. */
import { and, desc, eq, inArray, lt, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { AccessAction, AccessLogEntry } from './access-log.ts';
import { findPerson } from './people.ts';

/** More do not share a phone. */
const MOST_OF_A_PHONE = 20;

export type AccessLogFilter = {
  readonly action?: AccessAction | undefined;
  /** Ids of people. */
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  /** Ids of people, as who did it or whom it was about. */
  readonly people?: readonly string[] | undefined;
};

export type ListedAccess = AccessLogEntry & {
  /** Null for whoever is no person of the product, or erased. */
  readonly actorName: string | null;
  readonly subjectName: string | null;
};

export async function listAccessLog(
  engine: Engine,
  input: AccessLogFilter & { place: string; before?: string | undefined; limit: number },
): Promise<ListedAccess[]> {
  const { accessLog: t } = engine.tables;
  const { action, actor, subject, before } = input;
  const whose = input.people?.map((id) => `person:${id}`);
  const rows = await engine.reader
    .select()
    .from(t)
    .where(
      and(
        eq(t.place, input.place),
        before === undefined ? undefined : lt(t.id, before),
        action && eq(t.action, action),
        actor === undefined ? undefined : eq(t.actor, `person:${actor}`),
        subject === undefined ? undefined : eq(t.subject, `person:${subject}`),
        whose && or(inArray(t.actor, whose), inArray(t.subject, whose)),
      ),
    )
    .orderBy(desc(t.id))
    .limit(input.limit);
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      actorName: await nameOf(engine, row.actor),
      subjectName: await nameOf(engine, row.subject),
    })),
  );
}

async function nameOf(engine: Engine, text: string): Promise<string | null> {
  const [kind, id = ''] = text.split(':');
  return kind === 'person' ? ((await findPerson(engine, id))?.name ?? null) : null;
}

/** Of those who have a phone, the ones of whom the log of a place has anything: of nobody else it says that they are known. */
export async function loggedWithPhone(
  engine: Engine,
  { place, phone }: { place: string; phone: string },
): Promise<string[]> {
  const { people: t } = engine.tables;
  const rows = await engine.reader
    .select({ id: t.id })
    .from(t)
    .where(eq(t.phone, phone))
    .limit(MOST_OF_A_PHONE);
  const found: string[] = [];
  for (const { id } of rows)
    if ((await listAccessLog(engine, { place, people: [id], limit: 1 })).length > 0) found.push(id);
  return found;
}

import { and, desc, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant, Role } from '../platform/index.ts';
import { findRoles } from './find-roles.ts';
import { GRANTORS } from './role-rules.ts';

export interface PasswordGiven {
  /** The post that let them do it; undefined where the record does not tell. */
  readonly by: Role | undefined;
  readonly at: Instant;
  /** Whether there was one before: the first is handed over with the user name and surprises nobody. */
  readonly again: boolean;
}

/**
 * Who else chose the password that this person signs in with, as the access log has it; undefined once they chose one
 * of their own. Whoever gave it knows it, so its owner should.
 */
export async function passwordGiven(engine: Engine, person: string): Promise<PasswordGiven | undefined> {
  const { accessLog: t } = engine.tables;
  const subject = `person:${person}`;
  const [last, before] = await engine.reader
    .select({ actor: t.actor, at: t.at })
    .from(t)
    .where(and(eq(t.subject, subject), eq(t.action, 'sign-in')))
    .orderBy(desc(t.id))
    .limit(2);
  if (last === undefined || last.actor === subject) return undefined;
  return { by: await postOf(engine, last), at: last.at, again: before !== undefined };
}

async function postOf(
  engine: Engine,
  { actor, at }: { actor: string; at: Instant },
): Promise<Role | undefined> {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'operator') return 'operator';
  if (kind !== 'person') return undefined;
  const held = await findRoles(engine, id, at);
  return GRANTORS.find((grantor) => held.some(({ role }) => role === grantor));
}

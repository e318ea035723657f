import { and, eq } from 'drizzle-orm';
import { EVERYWHERE, problem } from '../platform/index.ts';
import type { Problem } from '../platform/index.ts';
import { logAccess } from './access-log.ts';
import { COMMON_WORDS, isCommonPassword } from './common-passwords.ts';
import type { IdentityDeps } from './deps.ts';

export interface PasswordChange {
  readonly person: string;
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Of the request: the session in them goes on under a new cookie, every other one ends. */
  readonly headers: Headers;
}

/**
 * A person chooses another password, if they know the one they have. It is written into the access log as given by
 * themselves, and before it is done: a change that nobody can find out about is not made.
 */
export async function changePassword(
  deps: IdentityDeps,
  { person, headers, ...passwords }: PasswordChange,
): Promise<Response | Problem> {
  const { engine, clock, ids } = deps;
  const { auth } = deps.identity;
  if (await isOwnName(deps, person, passwords.newPassword)) {
    return problem('invalid-input', { fields: [{ field: 'newPassword', ...COMMON_WORDS }] });
  }
  if (!(await isCurrent(deps, person, passwords.currentPassword))) return problem('wrong-credentials');
  const actor = `person:${person}`;
  const log = { id: ids(), at: clock(), actor, action: 'sign-in' as const, subject: actor };
  await logAccess(engine, { ...log, place: EVERYWHERE, reason: '' });
  const body = { ...passwords, revokeOtherSessions: true };
  const changed = await auth.api.changePassword({ body, headers, asResponse: true });
  return changed.ok ? changed : problem('wrong-credentials');
}

/** Whoever guesses begins with the user name; a sign-in that is made new is asked the same by its schema. */
async function isOwnName({ engine }: IdentityDeps, person: string, password: string): Promise<boolean> {
  const { users: t } = engine.tables;
  const [user] = await engine.db.select({ username: t.username }).from(t).where(eq(t.id, person));
  return isCommonPassword(password, user?.username ?? '');
}

async function isCurrent(deps: IdentityDeps, person: string, password: string): Promise<boolean> {
  const { engine, identity } = deps;
  const { credentials: t } = engine.tables;
  const [kept] = await engine.db
    .select({ hash: t.password })
    .from(t)
    .where(and(eq(t.userId, person), eq(t.providerId, 'credential')));
  if (typeof kept?.hash !== 'string') return false;
  return (await identity.auth.$context).password.verify({ hash: kept.hash, password });
}

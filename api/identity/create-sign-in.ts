import { and, eq, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { problem } from '../platform/index.ts';
import type { Ids, Instant, Problem } from '../platform/index.ts';
import { accessLogRow } from './access-log.ts';
import type { Auth } from './auth.ts';
import { findPerson } from './people.ts';
import { bindingsOf, endBindings } from './wechat/wechat-bindings.ts';

interface SignInDeps {
  readonly engine: Engine;
  readonly auth: Auth;
  readonly ids: Ids;
}

export interface SignInInput {
  readonly person: string;
  readonly username: string;
  readonly password: string;
  readonly now: Instant;
  /** Who chooses them: `person:<id>`, or `operator:…` for a program that nobody signs in to. */
  readonly by: string;
  /** For which place that is done; '' for none. */
  readonly place: string;
}

/**
 * Gives a person a user name and a password, or new ones: what was open before is signed out, a link that is still out
 * ends (its maker could choose their password by it, in their name), and who did it stands in the access log or it is
 * not done (two-people.ts reads it there). The user's name is its user name and its address is
 * made up; the real name stays in `people`.
 */
export async function createSignIn(deps: SignInDeps, input: SignInInput): Promise<Problem | undefined> {
  const { engine, auth, ids } = deps;
  const { users, credentials, sessions, invitations, accessLog } = engine.tables;
  const person = await findPerson(engine, input.person);
  if (person?.erasedAt !== null || person.mergedInto !== null) return problem('not-found');
  const username = input.username.toLowerCase();
  if (await isUsernameTaken(engine, username, person.id)) return taken;

  const password = await (await auth.$context).password.hash(input.password);
  const at = new Date(input.now);
  const user = { name: username, username, displayUsername: input.username, updatedAt: at };
  const credential = {
    accountId: person.id,
    providerId: 'credential',
    userId: person.id,
    password,
    updatedAt: at,
  };
  const log = accessLogRow({
    id: ids(),
    at: input.now,
    actor: input.by,
    action: 'sign-in',
    subject: `person:${person.id}`,
    place: input.place,
    reason: '',
  });
  const isBound = input.by !== `person:${person.id}` && (await bindingsOf(engine, person.id)).length > 0;
  const openLinks = and(
    eq(invitations.person, person.id),
    isNull(invitations.usedAt),
    isNull(invitations.cancelledAt),
  );
  try {
    await engine.atomically((db) => [
      db
        .insert(users)
        .values({
          ...user,
          id: person.id,
          email: `${person.id}@linli.invalid`,
          emailVerified: false,
          createdAt: at,
        })
        .onConflictDoUpdate({ target: users.id, set: user }),
      db.delete(credentials).where(eq(credentials.userId, person.id)),
      db.insert(credentials).values({ ...credential, id: ids(), createdAt: at }),
      db.delete(sessions).where(eq(sessions.userId, person.id)),
      // Whoever knew the old password may have bound a WeChat of their own.
      ...(isBound
        ? [
            endBindings(engine, db, person.id),
            db.insert(accessLog).values({ ...log, id: ids(), action: 'unbind-wechat' }),
          ]
        : []),
      db.update(invitations).set({ cancelledAt: input.now }).where(openLinks),
      db.insert(accessLog).values(log),
    ]);
  } catch (error) {
    // Two colleagues chose one name in the same moment: the unique index let the first one in.
    if (await isUsernameTaken(engine, username, person.id)) return taken;
    throw error;
  }
  return undefined;
}

export async function isUsernameTaken(engine: Engine, username: string, person: string): Promise<boolean> {
  const { users } = engine.tables;
  const [row] = await engine.db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.username, username.toLowerCase()));
  return row !== undefined && row.id !== person;
}

export const taken = problem('already-exists', {
  fields: [{ field: 'username', zh: '这个用户名已经有人用了', en: 'This user name is taken' }],
});

/** Whoever has the phone and the code that came to it is the person whose phone it is. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { problem, type Ids, type Instant, type PlaceTree, type Problem } from '../platform/index.ts';
import type { Auth } from './auth.ts';
import { findPerson } from './people.ts';
import { findLatestCode, isSameCode, type CodeSecrets } from './sign-in-codes.ts';

/**
 * Uses the code up and gives the answer that carries the session's cookie. A wrong code, one that ended, one that was
 * used and a phone that nobody has are one answer. The caller has counted the try before.
 */
export async function signInByCode(
  deps: { engine: Engine; auth: Auth; secrets: CodeSecrets; places: PlaceTree; ids: Ids },
  { phone, code, now }: { phone: string; code: string; now: Instant },
): Promise<{ person: string; answer: Response } | Problem> {
  const { engine, auth, secrets } = deps;
  const found = await findLatestCode(engine, secrets.phoneKey(phone));
  const isRight = isSameCode(found === undefined ? '' : secrets.digitsOf(found.id), code);
  if (!found || !isRight || found.person === null || found.usedAt !== null || found.endsAt <= now)
    return problem('wrong-code');
  const { signInCodes: t } = engine.tables;
  const unused = and(eq(t.id, found.id), isNull(t.usedAt));
  const used = await engine.db.update(t).set({ usedAt: now }).where(unused).returning({ id: t.id });
  const person = await findPerson(engine, found.person);
  const isTheirs = person?.erasedAt === null && person.mergedInto === null && person.phone === phone;
  if (used.length === 0 || !isTheirs) return problem('wrong-code');
  await ensureUser(engine, { person: person.id, now });
  await ensureMember(deps, { person: person.id, now });
  const answer = await auth.api.signInPerson({ body: { person: person.id }, asResponse: true });
  return answer.ok ? { person: person.id, answer } : problem('wrong-code');
}

/** Somebody who never had a password: a user without a user name, until one is given or chosen. */
async function ensureUser(
  { db, tables: { users } }: Engine,
  { person, now }: { person: string; now: Instant },
): Promise<void> {
  const at = new Date(now);
  const made = { emailVerified: false, createdAt: at, updatedAt: at };
  await db
    .insert(users)
    .values({ id: person, name: person, email: `${person}@linli.invalid`, ...made })
    .onConflictDoNothing();
}

/**
 * Whoever lives in an estate is its member, who sees their own points and bills, also if only a roster has named them;
 * not where somebody took that away from them.
 */
async function ensureMember(
  { engine, places, ids }: { engine: Engine; places: PlaceTree; ids: Ids },
  { person, now }: { person: string; now: Instant },
): Promise<void> {
  const { roles: t } = engine.tables;
  const homes = await places.homesOf(person, now);
  const rows = await engine.db
    .select({ place: t.place })
    .from(t)
    .where(and(eq(t.person, person), eq(t.role, 'member')));
  const known = new Set(rows.map(({ place }) => place));
  const fresh = homes.filter((place) => !known.has(place));
  if (fresh.length === 0) return;
  const member = { person, role: 'member', validFrom: now, validTo: null, grantedBy: `person:${person}` };
  await engine.db
    .insert(t)
    .values(fresh.map((place) => ({ ...member, id: ids(), place })))
    .onConflictDoNothing();
}

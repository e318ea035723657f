/** Whoever has the phone and the code that came to it is the person whose phone it is. */
import type { Engine } from '../db/index.ts';
import {
  isProblem,
  problem,
  type Ids,
  type Instant,
  type PlaceTree,
  type Problem,
} from '../platform/index.ts';
import type { Auth } from './auth.ts';
import { choiceOf, choosePerson, type Choice } from './choose-person.ts';
import { homesToJoin } from './memberships.ts';
import { hasDied } from './has-died.ts';
import { findPerson } from './people.ts';
import { proveCode } from './prove-code.ts';
import type { CodeSecrets } from './sign-in-codes.ts';

interface CodeSignInDeps {
  readonly engine: Engine;
  readonly auth: Auth;
  readonly secrets: CodeSecrets;
  readonly places: PlaceTree;
  readonly ids: Ids;
}

/** The answer carries the session's cookie; `phoneKey` is of the phone that was proved. */
type SignedInByCode = { readonly person: string; readonly phoneKey: string; readonly answer: Response };

/** Signs in whose phone it is; where several share it, asks which of them, and only now that the code was right. */
export async function signInByCode(
  deps: CodeSignInDeps,
  { id, code, now }: { id: string; code: string; now: Instant },
): Promise<SignedInByCode | { readonly choose: Choice } | Problem> {
  const { engine, secrets } = deps;
  const proved = await proveCode({ engine, secrets }, { id, code, now });
  if (isProblem(proved)) return proved;
  if (proved.people !== null) return { choose: await choiceOf(deps, proved, now) };
  const person = await findPerson(engine, proved.person ?? '');
  const isTheirs =
    typeof person?.phone === 'string' &&
    person.mergedInto === null &&
    secrets.phoneKey(person.phone) === proved.phoneKey;
  if (!isTheirs) return problem('wrong-code');
  return enter(deps, { person: person.id, phoneKey: proved.phoneKey, now });
}

/** Signs in the one of those who share a phone whom its holder has chosen. */
export async function signInAsChosen(
  deps: CodeSignInDeps,
  { ticket, person, now }: { ticket: string; person: string; now: Instant },
): Promise<SignedInByCode | Problem> {
  const chosen = await choosePerson(deps, { ticket, person, now });
  return isProblem(chosen) ? chosen : enter(deps, { ...chosen, now });
}

async function enter(
  deps: CodeSignInDeps,
  { person, phoneKey, now }: { person: string; phoneKey: string; now: Instant },
): Promise<SignedInByCode | Problem> {
  if (await hasDied(deps.engine, person)) return problem('account-ended');
  await ensureUser(deps.engine, { person, now });
  await ensureMember(deps, { person, now });
  const answer = await deps.auth.api.signInPerson({ body: { person }, asResponse: true });
  return answer.ok ? { person, phoneKey, answer } : problem('wrong-code');
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

/** Whoever lives in an estate is its member, who sees their own points and bills, also if only a roster has named them. */
async function ensureMember(
  { engine, places, ids }: Pick<CodeSignInDeps, 'engine' | 'places' | 'ids'>,
  { person, now }: { person: string; now: Instant },
): Promise<void> {
  const fresh = await homesToJoin({ engine, places }, person, now);
  if (fresh.length === 0) return;
  const member = { person, role: 'member', validFrom: now, validTo: null, grantedBy: `person:${person}` };
  await engine.db
    .insert(engine.tables.roles)
    .values(fresh.map((place) => ({ ...member, id: ids(), place })))
    .onConflictDoNothing();
}

/**
 * Somebody who has only ever signed in by their phone's code, or with WeChat, chooses a user name and a password. A
 * session alone is not enough for that, since it may be open on a phone that lies about: a fresh code is.
 */
import { EVERYWHERE, isProblem, problem, type Problem } from '../platform/index.ts';
import { createSignIn, isUsernameTaken, taken } from './create-sign-in.ts';
import type { IdentityDeps } from './deps.ts';
import { canSignIn } from './invite.ts';
import { findPerson } from './people.ts';
import { proveCode } from './prove-code.ts';

/** The phone to send the code to, if this person may choose a first password by it. */
export async function phoneForFirstPassword(
  { engine }: Pick<IdentityDeps, 'engine'>,
  person: string,
): Promise<string | Problem> {
  if (await canSignIn(engine, person)) return problem('already-exists');
  return (await findPerson(engine, person))?.phone ?? problem('phone-missing');
}

/** Every session of the person ends with it; the answer carries the cookie of a new one. */
export async function setFirstPassword(
  deps: IdentityDeps,
  input: { person: string; codeId: string; code: string; username: string; password: string },
): Promise<Response | Problem> {
  const { engine, ids, clock, identity } = deps;
  const { auth, secrets } = identity;
  const { person, codeId, code, username, password } = input;
  const phone = await phoneForFirstPassword(deps, person);
  if (isProblem(phone)) return phone;
  // Before the code is used up: it need not be asked for again only because the name was taken.
  if (await isUsernameTaken(engine, username, person)) return taken;
  const now = clock();
  const proved = await proveCode({ engine, secrets }, { id: codeId, code, now });
  if (isProblem(proved)) return proved;
  if (proved.phoneKey !== secrets.phoneKey(phone)) return problem('wrong-code');
  if (proved.person !== person && proved.people?.includes(person) !== true) return problem('wrong-code');
  const own = { by: `person:${person}`, place: EVERYWHERE };
  const refused = await createSignIn({ engine, ids, auth }, { person, username, password, now, ...own });
  return refused ?? auth.api.signInPerson({ body: { person }, asResponse: true });
}

import type { Engine } from '../db/index.ts';
import type { Clock, Identify, PlaceTree } from '../platform/index.ts';
import { atServedEstates } from './at-served-estates.ts';
import type { Auth } from './auth.ts';
import { findRoles } from './find-roles.ts';
import { createFindSession } from './find-session.ts';
import { hasDied } from './has-died.ts';
import { bearerToken } from './system-keys.ts';
import type { SystemKeys } from './system-keys.ts';

/**
 * A system key wins over a cookie: a machine that sends one means it. Roles are read on each request, so that one that
 * was taken away no longer works with the next click.
 */
export function createIdentify(deps: {
  engine: Engine;
  auth: Auth;
  keys: SystemKeys;
  clock: Clock;
  places: Pick<PlaceTree, 'servedBy'>;
}): Identify {
  const findSession = createFindSession(deps.engine, deps.auth);
  const sessionCookie = /(?:^|;\s*)(?:__Secure-)?linli\.session_token=/;
  return (c) => {
    const authorization = c.req.header('authorization');
    if (authorization !== undefined) {
      const token = bearerToken(authorization);
      return token === undefined ? undefined : deps.keys.find(token);
    }
    const cookie = c.req.header('cookie');
    if (cookie === undefined || !sessionCookie.test(cookie)) return undefined;
    return personOfSession(cookie);
  };

  async function personOfSession(cookie: string) {
    const person = await findSession(cookie);
    if (person === undefined) return undefined;
    const [roles, isDead] = await Promise.all([
      findRoles(deps.engine, person, deps.clock()),
      hasDied(deps.engine, person),
    ]);
    if (isDead) return undefined;
    return {
      kind: 'person' as const,
      person,
      roles: await atServedEstates(deps.places, roles, deps.clock()),
    };
  }
}

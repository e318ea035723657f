/**
 * Whose session a cookie is of. better-auth checks the signature of a cookie's token and reads the session by some four
 * queries; a browser sends the same cookie with each request, so that what was signed once is remembered, and the session
 * itself is read anew each time: whoever was signed out is out with the next request, in every process.
 */
import { and, gt, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { together } from '../platform/index.ts';
import type { Auth } from './auth.ts';

/** Cookies of so many browsers; those that came in longest ago are checked again. */
const MOST_REMEMBERED = 10_000;
/** Of a header the cookies that say whose session it is; others change more often, and may be long. */
const SESSION_COOKIES = /(?:__Secure-)?linli\.session_token=[^;]*/g;
/** More is nothing that we set. */
const MOST_LETTERS = 500;

/** The person of each token whose session has not ended; by better-auth's clock, which is the machine's. */
const sessions = together(async ({ db, tables: { sessions: t } }: Engine, tokens) => {
  const rows = await db
    .select({ token: t.token, person: t.userId })
    .from(t)
    .where(and(inArray(t.token, [...tokens]), gt(t.expiresAt, new Date())));
  return new Map(rows.map(({ token, person }) => [token, person]));
});

/** Answers with the id of the person, or undefined for a cookie that is nobody's, or no longer. */
export function createFindSession(
  engine: Engine,
  auth: Pick<Auth, 'api'>,
): (cookie: string) => Promise<string | undefined> {
  /** The token in these cookies, whose signature was good. */
  const signed = new Map<string, string>();
  return async (cookie) => {
    const key = cookie.match(SESSION_COOKIES)?.join(';') ?? '';
    const token = signed.get(key);
    if (token !== undefined) return sessions(engine, token);
    const found = await auth.api.getSession({ headers: new Headers({ cookie }) });
    if (found === null) return undefined;
    if (key.length > MOST_LETTERS) return found.user.id;
    if (signed.size >= MOST_REMEMBERED) signed.delete(signed.keys().next().value ?? '');
    signed.set(key, found.session.token);
    return found.user.id;
  };
}

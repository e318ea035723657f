import { v7 as uuid } from 'uuid';
import { betterAuth } from 'better-auth/minimal';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { username } from 'better-auth/plugins/username';
import type { Engine } from '../db/index.ts';
import { hasDied } from './has-died.ts';
import { sessionByCode } from './session-by-code.ts';
import { PASSWORD_MAX, PASSWORD_MIN, USERNAME, USERNAME_MAX, USERNAME_MIN } from './sign-in.schemas.ts';

/** Days that a remembered session lasts; one that is not remembered ends with the browser, or after a day. */
const SESSION_DAYS = 30;

/**
 * better-auth keeps passwords and sessions. Its routes are not mounted: ours (sign-in.routes.ts, phone.routes.ts) call the four that
 * are wanted, behind the kit's checks and the lock-out, so that no sign-up or address is open by accident.
 */
export function createAuth(
  engine: Engine,
  options: { readonly secret: string; readonly origin: string | undefined },
) {
  const { users, sessions, credentials, verifications } = engine.tables;
  return betterAuth({
    appName: 'Linli',
    baseURL: options.origin ?? 'http://linli.invalid',
    basePath: '/api/auth',
    secret: options.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    database: drizzleAdapter(engine.db, {
      provider: engine.kind === 'sqlite' ? 'sqlite' : 'pg',
      schema: { user: users, session: sessions, account: credentials, verification: verifications },
      transaction: false,
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
    },
    plugins: [
      username({
        minUsernameLength: USERNAME_MIN,
        maxUsernameLength: USERNAME_MAX,
        usernameValidator: (name) => USERNAME.test(name),
      }),
      sessionByCode(),
    ],
    session: { expiresIn: SESSION_DAYS * 24 * 3600, disableSessionRefresh: true },
    advanced: {
      cookiePrefix: 'linli',
      useSecureCookies: options.origin?.startsWith('https://') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      // Who was where with which browser is nobody's business.
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => uuid() },
    },
    databaseHooks: {
      session: {
        create: {
          // A refused session is a sign-in that did not succeed, whichever way was taken.
          before: async (session) =>
            !(await hasDied(engine, session.userId)) && {
              data: { ...session, userAgent: null, ipAddress: null },
            },
        },
      },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

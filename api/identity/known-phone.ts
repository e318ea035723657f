/** A browser remembers by which phone it has signed in, so that no stranger's asking uses up the codes of its owner. */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { IdentityDeps } from './deps.ts';
import { isSameCode } from './sign-in-codes.ts';

const NAME = 'linli.phone';
/** As long as browsers keep anything. */
const KEPT_DAYS = 400;

/** The mark signs nobody in, and tells nobody the phone: it only gives codes to ask for (lock-out.ts). */
export function knownPhone({ config, identity: { secrets } }: IdentityDeps) {
  const secure = config.origin?.startsWith('https://') ?? false;
  const prefix = secure ? ('host' as const) : undefined;
  const how = { httpOnly: true, sameSite: 'Lax', path: '/', secure, ...(prefix && { prefix }) } as const;
  return {
    isOf(c: Context, phone: string): boolean {
      const mark = (prefix ? getCookie(c, NAME, prefix) : getCookie(c, NAME)) ?? '';
      return isSameCode(mark, secrets.knownMark(secrets.phoneKey(phone)));
    },
    keep(c: Context, phoneKey: string): void {
      setCookie(c, NAME, secrets.knownMark(phoneKey), { ...how, maxAge: KEPT_DAYS * 24 * 3600 });
    },
  };
}

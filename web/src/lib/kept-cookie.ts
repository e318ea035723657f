import { cookieMaxAge } from '$lib/paraglide/runtime.js';

/**
 * How a choice is kept. `secure` follows the address: over plain http (an estate's own machine, without a certificate)
 * a secure cookie would be thrown away and every choice with it.
 */
export function keptCookie(url: URL, httpOnly = true) {
  return {
    path: '/',
    maxAge: cookieMaxAge,
    httpOnly,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
  } as const;
}

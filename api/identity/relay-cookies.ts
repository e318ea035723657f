import type { Context } from 'hono';

/** The session's cookies, as better-auth set them on an answer of its own. */
export function relayCookies(c: Context, from: Response): void {
  for (const cookie of from.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
}

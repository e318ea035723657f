import type { RequestEvent } from '@sveltejs/kit';
import { parseSetCookie } from './set-cookie.ts';
import { roles, type Me, type Role } from './session.ts';

type Answer = (request: Request) => Response | Promise<Response>;

/** The headers of the visit that the API judges by: the session, the language, where it came from. */
function withVisit(event: RequestEvent, request: Request): Request {
  const headers = new Headers(request.headers);
  const cookie = event.request.headers.get('cookie');
  if (cookie !== null) headers.set('cookie', cookie);
  headers.set('accept-language', event.locals.locale);
  headers.set('origin', event.url.origin);
  headers.set('x-forwarded-for', event.getClientAddress());
  return new Request(request, { headers });
}

/** Asks the API for a page, and passes the cookies it sets on to the visitor. */
export async function askApi(event: RequestEvent, request: Request, answer: Answer): Promise<Response> {
  const response = await answer(withVisit(event, request));
  for (const line of response.headers.getSetCookie()) {
    const cookie = parseSetCookie(line);
    if (cookie === undefined) continue;
    const { name, value, ...options } = cookie;
    event.cookies.set(name, value, { ...options, encode: (word) => word });
  }
  return response;
}

/** No API behind these pages (vite dev alone): said as the API would say it. */
export function noApi(): Response {
  const body = {
    code: 'shutting-down',
    status: 503,
    titles: { zh: '系统正在重启', en: 'Restarting' },
    advice: { zh: '请过一会儿再试。', en: 'Try again in a moment.' },
  };
  return new Response(JSON.stringify(body), {
    status: 503,
    headers: { 'content-type': 'application/problem+json' },
  });
}

/** A session cookie by its shape: better-auth's name carries a prefix that depends on https. */
const sessionCookie = /session_token$/;

function isRole(word: unknown): word is Role {
  return roles.some((role) => role === word);
}

/** Whether this is what `GET /me` promises; the typed client checks the shape at build time, this guards the seam. */
export function parseMe(body: unknown): Me | null {
  const { person, roles: held } = (body ?? {}) as {
    person?: { id?: unknown; name?: unknown };
    roles?: unknown;
  };
  if (typeof person?.id !== 'string' || typeof person.name !== 'string' || !Array.isArray(held)) return null;
  const grants = (held as { role?: unknown; place?: unknown }[]).flatMap(({ role, place }) =>
    isRole(role) && typeof place === 'string' ? [{ role, place }] : [],
  );
  return { id: person.id, name: person.name, roles: grants };
}

/** Who visits; null without a session, with one that has ended, or while the API cannot say. */
export async function findMe(event: RequestEvent): Promise<Me | null> {
  if (event.route.id === null) return null;
  if (!event.cookies.getAll().some(({ name }) => sessionCookie.test(name))) return null;
  const response = await event.fetch('/api/v1/me');
  return response.ok ? parseMe(await response.json()) : null;
}

import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages.js';
import { forHeader, isForAnother } from './acting/acting.ts';
import { parseSetCookie } from './set-cookie.ts';
import { api } from './api.ts';
import type { Me } from './session.ts';

type Answer = (request: Request) => Response | Promise<Response>;

/** What of the visit the API judges by; it alone decides whether to believe a proxy's word about the address. */
const judged = ['cookie', 'x-forwarded-for', 'user-agent'] as const;

function withVisit(event: RequestEvent, request: Request): Request {
  const headers = new Headers(request.headers);
  for (const name of judged) {
    const value = event.request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set('accept-language', event.locals.locale);
  headers.set('origin', event.url.origin);
  // A page of the visitor's own, or one that must not be believed: nobody is named by what a browser sends.
  headers.delete(forHeader);
  const { acting } = event.locals;
  if (acting && isForAnother(event.route.id, new URL(request.url).pathname))
    headers.set(forHeader, acting.person);
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

/** Who visits; null without a session or with one that has ended. While the API cannot say, the page says that it is busy. */
export async function findMe(event: RequestEvent): Promise<Me | null> {
  // A page that does not exist still shows who is signed in; a missing picture is nobody's.
  const isForEyes = event.request.headers.get('accept')?.includes('text/html') ?? false;
  if (event.route.id === null && !isForEyes) return null;
  if (!event.cookies.getAll().some(({ name }) => sessionCookie.test(name))) return null;
  const response = await api(event.fetch).v1.me.$get();
  if (response.status === 401) return null;
  // Taken for signed out, somebody in the middle of a form would lose what they wrote.
  if (!response.ok) error(503, m.error_busy_title());
  const { person, roles } = await response.json();
  return { id: person.id, name: person.name, roles };
}

import { redirect, error, type Handle, type HandleFetch, type HandleServerError } from '@sveltejs/kit';
import { dev } from '$app/environment';
import { env } from '$env/dynamic/private';
import { dropBody, isTooLarge } from '$lib/body-limit.ts';
import { displayAttributes, displayCookies, parseDisplay } from '$lib/display.ts';
import { keptCookie } from '$lib/kept-cookie.ts';
import { askApi, findMe, noApi } from '$lib/in-process.server.ts';
import { errorFacts, pageHeaders } from '$lib/page-answer.ts';
import { refusedForm } from '$lib/refused-form.ts';
import { takeUpActing } from '$lib/acting/acting.server.ts';
import { m } from '$lib/paraglide/messages.js';
import { cookieName } from '$lib/paraglide/runtime.js';
import { paraglideMiddleware } from '$lib/paraglide/server.js';
import { admit } from '$lib/session.ts';

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, async ({ locale }) => {
    const { cookies } = event;
    event.locals.locale = locale;
    event.locals.display = parseDisplay({
      theme: cookies.get(displayCookies.theme),
      mode: cookies.get(displayCookies.mode),
      text: cookies.get(displayCookies.text),
    });
    // The browser must speak the language the server chose, or the page would change its words while it wakes.
    if (cookies.get(cookieName) !== locale) {
      cookies.set(cookieName, locale, keptCookie(event.url, false));
    }

    const refuse = (status: 403 | 413, message: string) =>
      refusedForm({ status, message }, event.request.headers.get('accept') ?? '') ?? error(status, message);
    if (isTooLarge(event.request, { route: event.route.id, url: event.url })) {
      await dropBody(event.request);
      return refuse(413, m.error_large_title());
    }

    event.locals.acting = null;
    event.locals.me = await findMe(event);
    const admission = admit(event.route.id, event.locals.me);
    if (admission === 'sign-in') {
      const isVisit = event.request.method === 'GET';
      // What was sent is lost with the session: the sign-in says so, and leads back to the form's own page.
      const next = encodeURIComponent(event.url.pathname + (isVisit ? event.url.search : ''));
      redirect(303, `/sign-in?next=${next}${isVisit ? '' : '&dropped'}`);
    }
    // A visit is refused by the group's layout, in a whole page; a submission would not pass there.
    if (admission === 'forbidden' && event.request.method !== 'GET')
      return refuse(403, m.error_forbidden_title());

    if (admission === 'open') await takeUpActing(event);

    const attributes = `lang="${locale}" ${displayAttributes(event.locals.display)}`;
    const response = await resolve(event, {
      transformPageChunk: ({ html }) => html.replace('%linli.html%', () => attributes),
      filterSerializedResponseHeaders: (name) => name === 'content-type',
    });
    for (const [name, value] of Object.entries(pageHeaders(event.locals.me !== null))) {
      response.headers.set(name, value);
    }
    return response;
  });

/** `/api` never leaves the process. Only `vite dev`, which has no API of its own, borrows one over the network. */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const url = new URL(request.url);
  if (url.origin !== event.url.origin || !url.pathname.startsWith('/api/')) return fetch(request);
  const inside = event.platform?.req?.linli?.fetch;
  if (inside !== undefined) return askApi(event, request, inside);
  const borrowed = dev ? env['LINLI_API'] : undefined;
  if (borrowed === undefined) return noApi();
  return askApi(event, request, (asked) =>
    globalThis.fetch(new Request(new URL(url.pathname + url.search, borrowed), asked)),
  );
};

/** What broke is for the log; the person gets a number to name. */
export const handleError: HandleServerError = ({ error: broken, event, status }) => {
  if (status === 404) return { message: m.error_missing_title() };
  const id = crypto.randomUUID().slice(0, 8);
  const facts = { level: 'error', page: event.route.id, status, id, error: errorFacts(broken) };
  process.stderr.write(`${JSON.stringify(facts)}\n`);
  return { message: m.error_broken_title(), id };
};

import { redirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keptCookie } from '$lib/kept-cookie.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { actingCookie, isActingPage } from './acting.ts';

/** Kept while the browser is open: nobody should find tomorrow that they still act for another. */
export function startActing(cookies: Cookies, url: URL, person: string): void {
  const { maxAge: _maxAge, ...kept } = keptCookie(url);
  cookies.set(actingCookie, person, kept);
}

export function stopActing(cookies: Cookies): void {
  cookies.delete(actingCookie, { path: '/' });
}

/**
 * For whom a member page is shown, asked anew with each: where the consent stands no more, the visitor is told before
 * anything is shown or done, and what they send is not done as themselves instead.
 */
export async function takeUpActing(event: RequestEvent): Promise<void> {
  const { cookies, locals, route, fetch } = event;
  const person = cookies.get(actingCookie);
  if (person === undefined || route.id?.startsWith('/(member)/') !== true) return;
  const query = { limit: '100' };
  const { items } = await readOrFail(api(fetch).v1.me.principals.$get({ query }));
  const consent = items.find(({ principal }) => principal.id === person);
  if (consent !== undefined) {
    locals.acting = { person, name: consent.principal.name, may: consent.may };
    return;
  }
  stopActing(cookies);
  if (isActingPage(route.id)) redirect(303, '/me/acting?ended');
}

/**
 * A form says for whom it was shown. Whoever changed that in another tab would otherwise spend their own points on
 * somebody else's bill, or the other way round.
 */
export function meantForAnother(form: FormData, { acting }: App.Locals): Problem | null {
  if (textOf(form, 'for') === (acting?.person ?? '')) return null;
  return {
    ...{ code: 'changed-meanwhile', status: 409, detail: null, fields: {}, needsNewKey: false },
    ...{ title: m.acting_other_tab(), advice: m.acting_other_tab_advice(), retryAfterS: null },
  };
}

/**
 * The pick-up code that a resident showed, kept for the page that hands their order over: out of reach of scripts, out of
 * the address and its history, for that one order, and for the minutes that it takes.
 */
import type { Cookies } from '@sveltejs/kit';
import { keptCookie } from '$lib/kept-cookie.ts';

const NAME = 'linli-shown-code';
const KEPT_S = 10 * 60;

type Shown = { cookies: Cookies; url: URL };

export function keepShownCode({ cookies, url }: Shown, { order, scan }: { order: string; scan: string }) {
  const path = `/counter/orders/${order}`;
  cookies.set(NAME, scan, { ...keptCookie(url), path, maxAge: KEPT_S, sameSite: 'strict' });
  return `${path}?scanned=1`;
}

export function shownCode(cookies: Cookies): string | undefined {
  return cookies.get(NAME);
}

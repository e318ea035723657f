/**
 * The pick-up code that a resident showed, kept for the page that hands their order over: out of reach of scripts, out of
 * the address and its history, for that one order, and for the minutes that it takes.
 */
import type { Cookies } from '@sveltejs/kit';
import { keptCookie } from '$lib/kept-cookie.ts';

const NAME = 'linli-shown-code';
const KEPT_S = 10 * 60;

type Shown = { cookies: Cookies; url: URL; order: string };

function kept({ url, order }: Omit<Shown, 'cookies'>) {
  const path = `/counter/orders/${order}`;
  return { ...keptCookie(url), path, maxAge: KEPT_S, sameSite: 'strict' } as const;
}

/** Answers the page of the order. */
export function keepShownCode(shown: Shown, scan: string): string {
  const how = kept(shown);
  shown.cookies.set(NAME, scan, how);
  return how.path;
}

export function shownCode(cookies: Cookies): string | undefined {
  const scan = cookies.get(NAME);
  return scan === '' ? undefined : scan;
}

/** What is fetched another time is fetched with the code again. */
export function forgetShownCode(shown: Shown): void {
  shown.cookies.delete(NAME, kept(shown));
}

import { redirect } from '@sveltejs/kit';
import { displayCookies, parseDisplay } from '$lib/display.ts';
import { cookieName, isLocale } from '$lib/paraglide/runtime.js';
import { keptCookie } from '$lib/kept-cookie.ts';
import { safeNext } from '$lib/session.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  /** Keeps each choice that the form names, and goes back to where the reader was. */
  set: async ({ request, cookies, locals, url }) => {
    const form = await request.formData();
    const word = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value : undefined;
    };
    const options = keptCookie(url);
    const { theme, mode, text } = locals.display;
    const chosen = parseDisplay({
      theme: word('theme') ?? theme,
      mode: word('mode') ?? mode,
      text: word('text') ?? String(text),
    });
    cookies.set(displayCookies.theme, chosen.theme, options);
    cookies.set(displayCookies.mode, chosen.mode, options);
    cookies.set(displayCookies.text, String(chosen.text), options);

    const locale = word('locale');
    // The browser's half of the translations reads this one too.
    if (isLocale(locale)) cookies.set(cookieName, locale, keptCookie(url, false));
    redirect(303, safeNext(word('back') ?? null));
  },
};

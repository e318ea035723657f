import { fail, redirect } from '@sveltejs/kit';
import { wechatWayOf } from '$lib/account/wechat.server.ts';
import { wechatNews } from '$lib/account/wechat.ts';
import { api } from '$lib/api.ts';
import { passwordOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { safeNext } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, fetch, request }) => {
  if (locals.me !== null) redirect(303, nextOf(url));
  return {
    sent: url.searchParams.has('next'),
    dropped: url.searchParams.has('dropped'),
    wechat: await wechatWayOf(fetch, request),
    news: wechatNews(url.searchParams.get('wechat')),
  };
};

/** The page that asked for the sign-in, else the first page of this person's post. */
function nextOf(url: URL): string {
  const next = url.searchParams.get('next');
  return next === null ? '/start' : safeNext(next);
}

/** Longer words never reach the API; which are right, it alone knows. */
const longest = { username: 100, password: 128 };

export const actions: Actions = {
  default: async ({ request, fetch, url, locals }) => {
    const form = await request.formData();
    const username = String(form.get('username') ?? '').trim();
    const password = passwordOf(form, 'password');
    const errors = {
      ...(username === '' || username.length > longest.username
        ? { username: m.sign_in_username_missing() }
        : {}),
      ...(password === '' || password.length > longest.password
        ? { password: m.sign_in_password_missing() }
        : {}),
    };
    if (Object.keys(errors).length > 0) return fail(422, { username, errors, problem: null });

    const response = await api(fetch).auth['sign-in'].username.$post({ json: { username, password } });
    if (response.ok) redirect(303, nextOf(url));

    const problem = await readProblem(response, locals.locale, {
      title: m.error_busy_title(),
      advice: m.error_busy_advice(),
    });
    return fail(response.status, {
      username,
      errors: {},
      problem: { ...problem, ...wordsOf(problem) },
    });
  },
};

/** The two answers everybody meets, said for this page; every other problem speaks for itself. */
function wordsOf({ code, retryAfterS }: Problem): { title?: string; advice?: string } {
  if (code === 'wrong-credentials')
    return { title: m.sign_in_wrong_title(), advice: m.sign_in_wrong_advice() };
  if (code === 'locked-out') {
    const minutes = Math.max(1, Math.ceil((retryAfterS ?? 900) / 60));
    return { title: m.sign_in_locked_title(), advice: m.sign_in_locked_advice({ minutes }) };
  }
  return {};
}

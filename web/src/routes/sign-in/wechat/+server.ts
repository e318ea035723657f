import { redirect } from '@sveltejs/kit';
import { wordOfProblem } from '$lib/account/wechat.ts';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { safeNext } from '$lib/session.ts';
import type { RequestHandler } from './$types';

/** Back from WeChat: whatever came of it, on to a page whose address has neither code nor state. */
export const GET: RequestHandler = async ({ url, fetch, locals }) => {
  const asked = url.searchParams;
  const next = safeNext(asked.get('next') ?? '/start');
  const code = asked.get('code') ?? '';
  const json = {
    state: (asked.get('state') ?? '').slice(0, 128),
    ...(code === '' ? {} : { code: code.slice(0, 512) }),
  };
  const response = await api(fetch).auth['sign-in'].wechat.$post({ json });
  if (response.ok) {
    const { outcome } = await response.json();
    if (outcome !== 'unbound') redirect(303, next);
    const confirm = `/account/wechat?${new URLSearchParams({ next })}`;
    if (locals.me !== null) redirect(303, confirm);
    redirect(303, `/sign-in?${new URLSearchParams({ next: confirm, wechat: 'unbound' })}`);
  }
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locals.locale, busy);
  const word = wordOfProblem(problem.code);
  const page = locals.me === null ? '/sign-in' : '/account/wechat';
  redirect(303, `${page}?${new URLSearchParams({ next, wechat: word })}`);
};

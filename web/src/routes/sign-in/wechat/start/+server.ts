import { redirect } from '@sveltejs/kit';
import { wechatWayOf } from '$lib/account/wechat.server.ts';
import { wordOfProblem } from '$lib/account/wechat.ts';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { safeNext } from '$lib/session.ts';
import type { RequestHandler } from './$types';

/** On to WeChat. A link, since a form may not be led to another site; what begins here counts in this browser alone. */
export const GET: RequestHandler = async ({ url, fetch, request, locals }) => {
  const wanted = url.searchParams.get('next');
  const next = wanted === null ? '/start' : safeNext(wanted).slice(0, 300);
  const way = await wechatWayOf(fetch, request);
  if (way === null) redirect(303, '/sign-in');
  const response = await api(fetch).auth.wechat.beginning.$post({ json: { way, next } });
  if (response.ok) redirect(303, (await response.json()).address);
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const { code } = await readProblem(response, locals.locale, busy);
  redirect(303, `/sign-in?${new URLSearchParams({ next, wechat: wordOfProblem(code) })}`);
};

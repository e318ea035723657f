import { error, fail, redirect } from '@sveltejs/kit';
import { wechatWayOf, wechatWays } from '$lib/account/wechat.server.ts';
import { wechatNews } from '$lib/account/wechat.ts';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { safeNext } from '$lib/session.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { Actions, PageServerLoad } from './$types';

const SIGN_IN = '/sign-in?next=%2Faccount%2Fwechat';

export const load: PageServerLoad = async ({ locals, fetch, request, url }) => {
  if ((await wechatWays(fetch)).length === 0) error(404, m.error_missing_title());
  if (locals.me === null) redirect(303, SIGN_IN);
  const [own, here] = await Promise.all([
    readOrFail(api(fetch).v1.me.wechat.$get()),
    wechatWayOf(fetch, request),
  ]);
  // Without scripts the question is the page's own.
  const end = wordOf(url, 'end', ['inside', 'desk']);
  return {
    ...{ own, here, news: wechatNews(url.searchParams.get('wechat')) },
    end: own.ways.find(({ way, boundAt }) => way === end && boundAt !== undefined)?.way ?? null,
    next: safeNext(url.searchParams.get('next') ?? '/account/wechat'),
    done: wordOf(url, 'done', ['bound', 'removed']) ?? null,
  };
};

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

export const actions: Actions = {
  bind: async ({ request, fetch, locals }) => {
    const next = safeNext(textOf(await request.formData(), 'next'));
    const response = await api(fetch).v1.me.wechat.$post();
    if (response.status === 401) redirect(303, `${SIGN_IN}&dropped`);
    if (!response.ok)
      return fail(response.status, { problem: await readProblem(response, locals.locale, busy()) });
    redirect(303, next.startsWith('/account/wechat') ? '/account/wechat?done=bound' : next);
  },

  remove: async ({ request, fetch, locals }) => {
    const way = textOf(await request.formData(), 'way') === 'inside' ? 'inside' : 'desk';
    const response = await api(fetch).v1.me.wechat[':way'].$delete({ param: { way } });
    if (response.status === 401) redirect(303, `${SIGN_IN}&dropped`);
    if (!response.ok)
      return fail(response.status, { problem: await readProblem(response, locals.locale, busy()) });
    redirect(303, '/account/wechat?done=removed');
  },
};

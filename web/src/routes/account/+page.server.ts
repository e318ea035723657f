import { redirect } from '@sveltejs/kit';
import { wechatWays } from '$lib/account/wechat.server.ts';
import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, fetch }) => {
  if (locals.me === null) redirect(303, '/sign-in?next=%2Faccount');
  const { searchParams } = url;
  const [ways, own] = await Promise.all([wechatWays(fetch), readOrFail(api(fetch).v1.me['sign-in'].$get())]);
  const done = { changed: searchParams.has('changed'), first: searchParams.has('first') };
  return {
    ...{ me: locals.me, failed: searchParams.has('failed'), ...done },
    ...{ hasWechat: ways.length > 0, hasPassword: own.hasPassword },
  };
};

import { redirect } from '@sveltejs/kit';
import { wechatWays } from '$lib/account/wechat.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, fetch }) => {
  if (locals.me === null) redirect(303, '/sign-in?next=%2Faccount');
  const { searchParams } = url;
  const hasWechat = (await wechatWays(fetch)).length > 0;
  const [failed, changed] = ['failed', 'changed'].map((word) => searchParams.has(word));
  return { me: locals.me, failed, changed, hasWechat };
};

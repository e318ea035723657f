import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const cursor = url.searchParams.get('cursor');
  const query = { limit: '20', ...(cursor === null ? {} : { cursor }) };
  const { items, next } = await readOrFail(api(fetch).v1.me.notices.$get({ query }));
  return { notices: items, next: next ?? null };
};

export const actions: Actions = {
  /** Up to the newest one that was shown; what came since stays unread. */
  read: async ({ request, fetch }) => {
    const upTo = textOf(await request.formData(), 'upTo');
    await api(fetch).v1.me['read-notices'].$post({ json: { upTo } });
  },
};

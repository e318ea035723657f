import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { desksOf } from '$lib/inquiries/desks.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, locals: { me } }) => {
  if (me === null) redirect(303, '/sign-in?next=%2Finquiries');
  const desks = await desksOf(fetch, me);
  const [place, desk] = [url.searchParams.get('place'), url.searchParams.get('desk')];
  const here =
    desks.find((one) => one.place === place && (desk === null || one.desk === desk)) ?? desks[0] ?? null;
  const waiting = wordOf(url, 'waiting', ['yes', 'no']) ?? 'yes';
  const sort = wordOf(url, 'sort', ['newest', 'oldest']) ?? (waiting === 'yes' ? 'oldest' : 'newest');
  const cursor = url.searchParams.get('cursor');
  const more = cursor !== null;
  if (here === null) return { desks, here, waiting, sort, inquiries: [], next: null, more };
  const { items, next } = await readOrFail(
    api(fetch).v1.places[':place'].inquiries.$get({
      param: { place: here.place },
      query: { desk: here.desk, waiting, sort, ...(cursor === null ? {} : { cursor }) },
    }),
  );
  return { desks, here, waiting, sort, inquiries: items, next: next ?? null, more };
};

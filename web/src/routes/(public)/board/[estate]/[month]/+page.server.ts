import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, params: { estate, month } }) => {
  const months = api(fetch).v1.board.estates[':estate'].months[':month'];
  const cursor = url.searchParams.get('cursor');
  const param = { estate, month };
  const [board, awards] = await Promise.all([
    readOrFail(months.$get({ param })),
    readOrFail(months.awards.$get({ param, query: { limit: '50', ...(cursor !== null && { cursor }) } })),
  ]);
  return { board, awards: awards.items, next: awards.next ?? null };
};

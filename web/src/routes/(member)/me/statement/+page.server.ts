import { api } from '$lib/api.ts';
import { monthsAround } from '$lib/fees/months.ts';
import { movementGroups } from '$lib/member/movement-groups.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { PageServerLoad } from './$types';

const monthsBack = 36;
/** Looked through when no month is chosen. */
const recentMonths = 6;

export const load: PageServerLoad = async ({ fetch, url }) => {
  const months = monthsAround(Date.now(), { ahead: 0, back: monthsBack });
  const month = wordOf(url, 'month', months) ?? null;
  const kind = wordOf(url, 'kind', movementGroups) ?? null;
  const text = (url.searchParams.get('text') ?? '').trim().slice(0, 40);
  const cursor = url.searchParams.get('cursor');
  const query = { limit: '20', ...(kind !== null && { kind }), ...(text !== '' && { text }) };
  const { movements: read } = api(fetch).v1.me;
  const shown = { months, month, kind, text };
  if (text !== '' && month === null) {
    // Words are looked for month by month: in the latest of them at once, in an earlier one when it is chosen.
    const pages = await Promise.all(
      months
        .slice(0, recentMonths)
        .map(async (recent) => readOrFail(read.$get({ query: { ...query, limit: '50', month: recent } }))),
    );
    const movements = pages.flatMap(({ items }) => items);
    return { ...shown, movements, next: null, lookedUntil: null, recent: recentMonths };
  }
  const page = await readOrFail(
    read.$get({
      query: { ...query, ...(month !== null && { month }), ...(cursor !== null && { cursor }) },
    }),
  );
  const { items: movements, next = null, lookedUntil = null } = page;
  return { ...shown, movements, next, lookedUntil, recent: null };
};

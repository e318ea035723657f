import { api } from '$lib/api.ts';
import { monthsAround } from '$lib/fees/months.ts';
import { movementGroups } from '$lib/member/movement-groups.ts';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { PageServerLoad } from './$types';

const monthsBack = 36;

export const load: PageServerLoad = async ({ fetch, url }) => {
  const months = monthsAround(Date.now(), { ahead: 0, back: monthsBack });
  const month = wordOf(url, 'month', months) ?? null;
  const kind = wordOf(url, 'kind', movementGroups) ?? null;
  // Words are looked for within a month only; without one they are dropped with the month they belonged to.
  const text = month === null ? '' : (url.searchParams.get('text') ?? '').trim().slice(0, 40);
  const cursor = url.searchParams.get('cursor');
  const query = {
    limit: '20',
    ...(month === null ? {} : { month }),
    ...(kind === null ? {} : { kind }),
    ...(text === '' ? {} : { text }),
    ...(cursor === null ? {} : { cursor }),
  };
  const page = await readOrFail(api(fetch).v1.me.movements.$get({ query }));
  const { items: movements, next = null, lookedUntil = null } = page;
  return { movements, next, lookedUntil, months, month, kind, text };
};

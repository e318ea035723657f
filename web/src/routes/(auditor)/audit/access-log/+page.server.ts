import { api } from '$lib/api.ts';
import { accessActions, type AccessAction } from '$lib/audit/access.ts';
import { chosenPlace, placeAround, placesWith } from '$lib/people/places.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const mine = await placesWith(fetch, groups.auditor);
  const id = chosenPlace(mine, url);
  if (id === undefined) return { mine, around: null };
  const filter = {
    action: wordOf(url, 'action', accessActions) ?? null,
    actor: url.searchParams.get('actor'),
    subject: url.searchParams.get('subject'),
    phone: (url.searchParams.get('phone') ?? '').trim().slice(0, 30) || null,
  };
  const query = Object.fromEntries(
    Object.entries({ ...filter, cursor: url.searchParams.get('cursor') }).filter(
      ([, value]) => value !== null,
    ),
  ) as { action?: AccessAction; actor?: string; subject?: string; phone?: string; cursor?: string };
  const [around, { items, next = null }] = await Promise.all([
    placeAround(fetch, id),
    readOrFail(api(fetch).v1.places[':place']['access-log'].$get({ param: { place: id }, query })),
  ]);
  return { mine, around, filter, items, next };
};

import { error } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { inviteActions } from '$lib/people/invite.server.ts';
import { chosenPlace, placeAround, placesWith } from '$lib/people/places.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const mine = await placesWith(fetch, groups.staffing);
  const id = chosenPlace(mine, url);
  if (id === undefined) error(404, m.error_missing_title());
  const { v1 } = api(fetch);
  const param = { place: id };
  const cursor = url.searchParams.get('cursor');
  const of = url.searchParams.get('of');
  const [around, person, { mayGive }, { items, next = null }] = await Promise.all([
    placeAround(fetch, id),
    of === null ? null : readOrFail(v1.people[':person'].$get({ param: { person: of } })),
    readOrFail(v1.places[':place'].roles.$get({ param, query: { limit: '1' } })),
    readOrFail(
      v1.places[':place'].invitations.$get({ param, query: { ...(cursor !== null && { cursor }) } }),
    ),
  ]);
  // Residents come with the roster; here colleagues get their posts, the most wanted first.
  const posts = mayGive.filter((role) => role !== 'member');
  // Named by the register and never by the address: a post goes to whom the page shows.
  const known = person && { id: person.id, name: person.name };
  return { mine, around, known, posts, invitations: items, next, origin: url.origin };
};

export const actions: Actions = inviteActions;

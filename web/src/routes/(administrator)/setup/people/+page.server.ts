import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { inviteActions } from '$lib/people/invite.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { chosenCommunity, communitiesOf } from '$lib/setup/communities.server.ts';
import { postsAt } from '$lib/setup/posts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const community = chosenCommunity(await communitiesOf(fetch), url);
  if (community === undefined) redirect(303, '/setup/place');
  const { v1 } = api(fetch);
  const of = { community: community.id };
  const { estates, firms, merchants } = await readOrFail(
    v1.communities[':community'].checklist.$get({ param: of }),
  );
  const places = [community, ...estates, ...firms, ...merchants];
  const place = places.find(({ id }) => id === url.searchParams.get('place')) ?? community;
  const cursor = url.searchParams.get('cursor');
  const { items, next = null } = await readOrFail(
    v1.places[':place'].invitations.$get({
      param: { place: place.id },
      query: { ...(cursor !== null && { cursor }) },
    }),
  );
  const kind = place === community ? 'community' : estates.includes(place) ? 'estate' : 'shop';
  return { community, places, place, posts: postsAt(kind), invitations: items, next, origin: url.origin };
};

export const actions: Actions = inviteActions;

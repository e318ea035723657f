import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { inviteActions } from '$lib/people/invite.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { chosenCommunity, communitiesOf } from '$lib/setup/communities.server.ts';
import { postsAt, postsAtRoot } from '$lib/setup/posts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const community = chosenCommunity(await communitiesOf(fetch), url);
  if (community === undefined) redirect(303, '/setup/place');
  const { v1 } = api(fetch);
  const of = { community: community.id };
  const [{ root, estates, firms, merchants }, { items: mine }] = await Promise.all([
    readOrFail(v1.communities[':community'].checklist.$get({ param: of })),
    readOrFail(v1.places.$get()),
  ]);
  // Who is responsible for a community only cannot name the auditor of its street.
  const above =
    root.id !== community.id && mine.some(({ id, roles }) => id === root.id && roles.includes('operator'))
      ? [root]
      : [];
  const places = [community, ...above, ...estates, ...firms, ...merchants];
  const place = places.find(({ id }) => id === url.searchParams.get('place')) ?? community;
  const cursor = url.searchParams.get('cursor');
  const { items, next = null } = await readOrFail(
    v1.places[':place'].invitations.$get({
      param: { place: place.id },
      query: { ...(cursor !== null && { cursor }) },
    }),
  );
  const isOf = (kind: readonly { id: string }[]) => kind.some(({ id }) => id === place.id);
  const posts =
    place.id === root.id
      ? postsAtRoot(place.id === community.id)
      : postsAt(
          place.id === community.id ? 'community' : isOf(estates) ? 'estate' : isOf(firms) ? 'firm' : 'shop',
        );
  return { community, places, place, posts, invitations: items, next, origin: url.origin };
};

export const actions: Actions = inviteActions;

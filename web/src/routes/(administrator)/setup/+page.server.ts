import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import { chosenCommunity, communitiesOf } from '$lib/setup/communities.server.ts';
import type { PageServerLoad } from './$types';

/** Before the first community there is nothing to tick off: the page that registers one comes first. */
export const load: PageServerLoad = async ({ fetch, url }) => {
  const communities = await communitiesOf(fetch);
  const community = chosenCommunity(communities, url);
  if (community === undefined) redirect(303, '/setup/place');
  const param = { community: community.id };
  const checklist = await readOrFail(api(fetch).v1.communities[':community'].checklist.$get({ param }));
  return { communities, community, checklist };
};

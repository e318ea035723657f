import { redirect } from '@sveltejs/kit';
import { groupsOf } from '$lib/session.ts';
import type { PageServerLoad } from './$types';

/** The link in a pick-up code's QR. It opens the till of whoever works at one, and tells everybody else what it is. */
export const load: PageServerLoad = ({ locals: { me }, params: { token }, url }) => {
  const held = me === null ? [] : groupsOf(me);
  if (held.includes('merchant'))
    redirect(303, `/counter?scan=${encodeURIComponent(`${url.origin}/p/${token}`)}`);
  return { token, isMember: held.includes('member'), isSignedIn: me !== null };
};

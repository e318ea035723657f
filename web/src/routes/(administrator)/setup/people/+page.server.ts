import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { isRole } from '$lib/role-name.ts';
import type { Role } from '$lib/session.ts';
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

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

function faultsOf(name: string, phone: string): { name?: string; phone?: string } {
  return {
    ...(name === '' || name.length > 40 ? { name: m.setup_people_name_missing() } : {}),
    ...(phone === '' || /^1\d{10}$/.test(phone) ? {} : { phone: m.setup_people_phone_wrong() }),
  };
}

/** A link is shown once, on the page that made it, so these do not redirect. */
async function answer({ locals }: RequestEvent, response: Response & { ok: boolean }, kept: Kept) {
  const problem = await readProblem(response, locals.locale, busy());
  return fail(response.status, { ...kept, errors: problem.fields, problem, made: null, off: null });
}
type Kept = { name: string; phone: string; role: string };
type Made = { name: string; roles: Role[]; canSignIn: boolean; token: string | null; endsAt: string | null };

export const actions: Actions = {
  invite: async (event) => {
    const form = await event.request.formData();
    const [name, role] = [textOf(form, 'name'), textOf(form, 'role')];
    const phone = textOf(form, 'phone').normalize('NFKC').replaceAll(/[\s-]/g, '');
    const kept = { name, phone, role };
    const errors = faultsOf(name, phone);
    if (!isRole(role) || Object.keys(errors).length > 0)
      return fail(422, { ...kept, errors, problem: null, made: null, off: null });
    const response = await api(event.fetch).v1.places[':place'].invitations.$post({
      param: { place: textOf(form, 'place') },
      json: { name, role, ...(phone !== '' && { phone }) },
    });
    if (!response.ok) return answer(event, response, kept);
    const { canSignIn, token = null, endsAt = null } = await response.json();
    const made: Made = { name, roles: [role], canSignIn, token, endsAt };
    return { name: '', phone: '', role, errors: {}, problem: null, made, off: null };
  },

  again: async (event) => {
    const form = await event.request.formData();
    const kept = { name: '', phone: '', role: '' };
    const response = await api(event.fetch).v1.invitations[':invitation'].renewal.$post({
      param: { invitation: textOf(form, 'invitation') },
    });
    if (!response.ok) return answer(event, response, kept);
    const { canSignIn, token = null, endsAt = null } = await response.json();
    const roles = textOf(form, 'roles').split(' ').filter(isRole);
    const made: Made = { name: textOf(form, 'of'), roles, canSignIn, token, endsAt };
    return { ...kept, errors: {}, problem: null, made, off: null };
  },

  cancel: async (event) => {
    const form = await event.request.formData();
    const kept = { name: '', phone: '', role: '' };
    const response = await api(event.fetch).v1.invitations[':invitation'].$delete({
      param: { invitation: textOf(form, 'invitation') },
    });
    if (!response.ok) return answer(event, response, kept);
    return { ...kept, errors: {}, problem: null, made: null, off: textOf(form, 'of') };
  },
};

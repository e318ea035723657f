import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages.js';
import { groupsOf, type Group, type Me } from './session.ts';

/** The load of a route group's layout: 403 in a whole page for those who do not hold the post. */
export function guardGroup(group: Group): (event: { locals: App.Locals }) => { group: Group; me: Me } {
  return ({ locals: { me } }) => {
    if (me === null || !groupsOf(me).includes(group)) error(403, m.error_forbidden_title());
    return { group, me };
  };
}

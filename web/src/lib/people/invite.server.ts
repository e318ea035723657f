import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { isRole } from '$lib/role-name.ts';
import type { Role } from '$lib/session.ts';
import { unreadableDays, validOf } from './days.ts';

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

function datesOf(form: FormData): { from: string; until: string } {
  return { from: textOf(form, 'from'), until: textOf(form, 'until') };
}

type Faults = { name?: string; phone?: string; validFrom?: string; validTo?: string };

type Written = Record<'name' | 'phone' | 'from' | 'until', string> & { isKnown: boolean };

function faultsOf({ name, phone, from, until, isKnown }: Written): Faults {
  const days = unreadableDays({ from, until });
  return {
    ...(days.validFrom && { validFrom: m.posts_day_wrong() }),
    ...(days.validTo && { validTo: m.posts_day_wrong() }),
    ...(!isKnown && (name === '' || name.length > 40) ? { name: m.setup_people_name_missing() } : {}),
    ...(phone === '' || /^1\d{10}$/.test(phone) ? {} : { phone: m.setup_people_phone_wrong() }),
  };
}

/** A link is shown once, on the page that made it, so these do not redirect. */
async function answer({ locals }: RequestEvent, response: Response & { ok: boolean }, kept: Kept) {
  const problem = await readProblem(response, locals.locale, busy());
  return fail(response.status, { ...kept, errors: problem.fields, problem, made: null, off: null });
}
type Kept = { name: string; phone: string; role: string; from?: string; until?: string };
type Made = { name: string; roles: Role[]; canSignIn: boolean; token: string | null; endsAt: string | null };

/** The actions of every page that invites. */
export const inviteActions = {
  invite: async (event: RequestEvent) => {
    const form = await event.request.formData();
    const [name, role, person] = [textOf(form, 'name'), textOf(form, 'role'), textOf(form, 'person')];
    const phone = textOf(form, 'phone').normalize('NFKC').replaceAll(/[\s-]/g, '');
    const dates = datesOf(form);
    const kept = { name, phone, role, ...dates };
    const errors = faultsOf({ ...kept, isKnown: person !== '' });
    if (!isRole(role) || Object.keys(errors).length > 0)
      return fail(422, { ...kept, errors, problem: null, made: null, off: null });
    const said = textOf(form, 'namesake');
    // An answer about another name or phone is none: it is asked again.
    const isAnswer = textOf(form, 'about') === `${name}|${phone}` && (said === 'same' || said === 'another');
    const namesake = isAnswer ? said : undefined;
    const response = await api(event.fetch).v1.places[':place'].invitations.$post({
      param: { place: textOf(form, 'place') },
      json: {
        ...(person === '' ? { name, ...(phone !== '' && { phone }) } : { person }),
        ...{ role, ...(namesake && { namesake }), ...validOf(dates) },
      },
    });
    if (!response.ok) return answer(event, response, kept);
    const { canSignIn, token = null, endsAt = null } = await response.json();
    const made: Made = { name: name || textOf(form, 'of'), roles: [role], canSignIn, token, endsAt };
    return { name: '', phone: '', role, errors: {}, problem: null, made, off: null };
  },

  again: async (event: RequestEvent) => {
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

  cancel: async (event: RequestEvent) => {
    const form = await event.request.formData();
    const kept = { name: '', phone: '', role: '' };
    const response = await api(event.fetch).v1.invitations[':invitation'].$delete({
      param: { invitation: textOf(form, 'invitation') },
    });
    if (!response.ok) return answer(event, response, kept);
    return { ...kept, errors: {}, problem: null, made: null, off: textOf(form, 'of') };
  },
} satisfies Record<string, (event: RequestEvent) => unknown>;

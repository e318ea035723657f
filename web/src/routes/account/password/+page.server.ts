import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { passwordOf } from '$lib/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (locals.me === null) redirect(303, '/sign-in?next=%2Faccount%2Fpassword');
};

type Errors = { currentPassword?: string; newPassword?: string; repeated?: string };

/** Longer ones are nobody's; which are right, and what a new one must be, the API knows. */
const longest = 128;

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    if (locals.me === null) redirect(303, '/sign-in?next=%2Faccount%2Fpassword&dropped');
    const form = await request.formData();
    const [currentPassword, newPassword] = [
      passwordOf(form, 'currentPassword'),
      passwordOf(form, 'newPassword'),
    ];
    const errors: Errors = {
      ...(currentPassword === '' ? { currentPassword: m.password_current_missing() } : {}),
      ...(currentPassword.length > longest ? { currentPassword: m.password_current_wrong() } : {}),
      ...(newPassword === '' ? { newPassword: m.password_new_missing() } : {}),
      ...(newPassword === passwordOf(form, 'repeated') ? {} : { repeated: m.password_repeated_differs() }),
    };
    if (Object.keys(errors).length > 0) return fail(422, { errors, problem: null });

    const json = { currentPassword, newPassword };
    const response = await api(fetch).auth['change-password'].$post({ json });
    if (response.ok) redirect(303, '/account?changed');
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    return fail(response.status, refusalOf(await readProblem(response, locals.locale, busy)));
  },
};

/** What belongs to a field is said beside it; a lock and a fault stand above the form. */
function refusalOf(problem: Problem): { errors: Errors; problem: Problem | null } {
  if (problem.code === 'wrong-credentials') {
    return { errors: { currentPassword: m.password_current_wrong() }, problem: null };
  }
  if (problem.code === 'locked-out') {
    const minutes = Math.max(1, Math.ceil((problem.retryAfterS ?? 900) / 60));
    const words = { title: m.sign_in_locked_title(), advice: m.sign_in_locked_advice({ minutes }) };
    return { errors: {}, problem: { ...problem, ...words } };
  }
  const { newPassword } = problem.fields;
  return newPassword === undefined ? { errors: {}, problem } : { errors: { newPassword }, problem: null };
}

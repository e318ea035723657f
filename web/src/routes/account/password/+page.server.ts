import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { passwordOf, textOf } from '$lib/form.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, fetch }) => {
  if (locals.me === null) redirect(303, SIGN_IN);
  const { hasPassword, phone = null } = await readOrFail(api(fetch).v1.me['sign-in'].$get());
  return { hasPassword, phone };
};

const SIGN_IN = '/sign-in?next=%2Faccount%2Fpassword';

type Errors = { currentPassword?: string; newPassword?: string; repeated?: string };
type FirstErrors = { code?: string; username?: string; password?: string; repeated?: string };
/** Of the code that was asked for last; null where none was. */
type Asked = { challenge: string; number: string } | null;
type First = { asked: Asked; username: string; errors: FirstErrors; problem: Problem | null };

/** Longer ones are nobody's; which are right, and what a new one must be, the API knows. */
const longest = 128;

export const actions: Actions = {
  change: async ({ request, fetch, locals }) => {
    if (locals.me === null) redirect(303, `${SIGN_IN}&dropped`);
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
    if (Object.keys(errors).length > 0) return fail(422, { errors, problem: null, first: null });

    const json = { currentPassword, newPassword };
    const response = await api(fetch).auth['change-password'].$post({ json });
    if (response.ok) redirect(303, '/account?changed');
    const refused = refusalOf(await readProblem(response, locals.locale, busy()));
    return fail(response.status, { ...refused, first: null });
  },

  ask: async ({ fetch, locals }) => {
    if (locals.me === null) redirect(303, `${SIGN_IN}&dropped`);
    const response = await api(fetch).auth['first-password'].code.$post();
    const first: First = { asked: null, username: '', errors: {}, problem: null };
    if (response.ok) return { errors: {}, problem: null, first: { ...first, asked: await response.json() } };
    const problem = lockOf(await readProblem(response, locals.locale, busy()));
    return fail(response.status, { errors: {}, problem: null, first: { ...first, problem } });
  },

  first: async ({ request, fetch, locals }) => {
    if (locals.me === null) redirect(303, `${SIGN_IN}&dropped`);
    const form = await request.formData();
    const [code, username] = [textOf(form, 'code'), textOf(form, 'username')];
    const password = passwordOf(form, 'password');
    const challenge = textOf(form, 'challenge').slice(0, 100);
    const asked = { challenge, number: textOf(form, 'number').slice(0, 2) };
    const first: First = { asked, username, errors: {}, problem: null };
    const errors: FirstErrors = {
      ...(code === '' || code.length > 20 ? { code: m.phone_code_missing() } : {}),
      ...(password === passwordOf(form, 'repeated') ? {} : { repeated: m.password_repeated_differs() }),
    };
    const refuse = (status: number, said: Partial<First>) =>
      fail(status, { errors: {}, problem: null, first: { ...first, ...said } });
    if (Object.keys(errors).length > 0) return refuse(422, { errors });
    const json = {
      challenge,
      code,
      username: username.slice(0, 100),
      password: password.slice(0, longest + 1),
    };
    const response = await api(fetch).auth['first-password'].$post({ json });
    if (response.ok) redirect(303, '/account?first');
    const problem = await readProblem(response, locals.locale, busy());
    if (problem.code === 'wrong-code') return refuse(422, { errors: { code: m.password_first_wrong() } });
    if (problem.code === 'code-tries-used') return refuse(409, { asked: null, problem });
    const { fields } = problem;
    return Object.keys(fields).length > 0
      ? refuse(response.status, { errors: fields })
      : refuse(response.status, { problem: lockOf(problem) });
  },
};

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

/** What belongs to a field is said beside it; a lock and a fault stand above the form. */
function refusalOf(problem: Problem): { errors: Errors; problem: Problem | null } {
  if (problem.code === 'wrong-credentials') {
    return { errors: { currentPassword: m.password_current_wrong() }, problem: null };
  }
  if (problem.code === 'locked-out') return { errors: {}, problem: lockOf(problem) };
  const { newPassword } = problem.fields;
  return newPassword === undefined ? { errors: {}, problem } : { errors: { newPassword }, problem: null };
}

function lockOf(problem: Problem): Problem {
  if (problem.code !== 'locked-out') return problem;
  const minutes = Math.max(1, Math.ceil((problem.retryAfterS ?? 900) / 60));
  return { ...problem, title: m.sign_in_locked_title(), advice: m.sign_in_locked_advice({ minutes }) };
}

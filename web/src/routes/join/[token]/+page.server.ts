import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { chosenOf } from '$lib/setup/choose-password.ts';
import { signInWith } from '$lib/setup/sign-in-with.server.ts';
import type { Actions, PageServerLoad } from './$types';

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

export const load: PageServerLoad = async ({ params: { token }, fetch, locals }) => {
  const response = await api(fetch).v1.join.look.$post({ json: { token } });
  if (response.ok) return { invitation: await response.json(), broken: null };
  return { invitation: null, broken: await readProblem(response, locals.locale, busy()) };
};

export const actions: Actions = {
  default: async ({ request, params: { token }, fetch, locals }) => {
    const { chosen, errors } = chosenOf(await request.formData());
    const { username, password } = chosen;
    if (Object.keys(errors).length > 0) return fail(422, { username, errors, problem: null });
    const response = await api(fetch).v1.join.$post({ json: { token, username, password } });
    if (response.ok) return signInWith(fetch, chosen, '/start');
    const problem = await readProblem(response, locals.locale, busy());
    const beside = Object.keys(problem.fields).length > 0 ? null : problem;
    return fail(response.status, { username, errors: problem.fields, problem: beside });
  },
};

import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { chosenOf } from '$lib/setup/choose-password.ts';
import { signInWith } from '$lib/setup/sign-in-with.server.ts';
import type { Actions, PageServerLoad } from './$types';

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

export const load: PageServerLoad = async ({ params: { token }, fetch, locals }) => {
  const response = await api(fetch).v1['set-up'].look.$post({ json: { token } });
  return { broken: response.ok ? null : await readProblem(response, locals.locale, busy()) };
};

export const actions: Actions = {
  default: async ({ request, params: { token }, fetch, locals }) => {
    const { chosen, errors } = chosenOf(await request.formData());
    const { name, username } = chosen;
    const all = name === '' ? { ...errors, name: m.join_missing() } : errors;
    if (Object.keys(all).length > 0) return fail(422, { name, username, errors: all, problem: null });
    const response = await api(fetch).v1['set-up'].$post({ json: { token, ...chosen } });
    if (response.ok) return signInWith(fetch, chosen, '/setup');
    const problem = await readProblem(response, locals.locale, busy());
    const beside = Object.keys(problem.fields).length > 0 ? null : problem;
    return fail(response.status, { name, username, errors: problem.fields, problem: beside });
  },
};

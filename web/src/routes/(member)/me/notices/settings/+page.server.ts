import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { channels, kinds, ways, type Kind, type Way } from '$lib/notices/words.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { pick } from '$lib/volunteering/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch }) => ({
  settings: await readOrFail(api(fetch).v1.me['notice-settings'].$get()),
});

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const channel = pick(channels, textOf(form, 'channel')) ?? 'desk';
    const chosen = Object.fromEntries(
      kinds.map((kind) => [kind, pick(ways, textOf(form, kind)) ?? 'message']),
    ) as Record<Kind, Way>;
    const version = Number(textOf(form, 'version')) || 0;
    const response = await api(fetch).v1.me['notice-settings'].$put({
      json: { channel, ways: chosen, version },
    });
    if (response.ok) return { saved: true, problem: null };
    const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, words);
    return fail(problem.status, { saved: false, problem });
  },
};

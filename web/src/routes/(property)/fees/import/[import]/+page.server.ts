import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const of = api(fetch).v1.imports[':import'];
  const param = { import: params.import };
  const [file, undo] = await Promise.all([
    readOrFail(of.$get({ param })),
    readOrFail(of.undo.$get({ param })),
  ]);
  return { file, undo, asks: url.searchParams.has('ask') };
};

export const actions: Actions = {
  undo: async ({ request, fetch, locals, params }) => {
    const form = await request.formData();
    const response = await api(fetch).v1.imports[':import'].undo.$post({
      param: { import: params.import },
      json: { bills: Number(textOf(form, 'bills')) },
    });
    if (response.ok) return { undone: true, problem: null };
    const problem = await readProblem(response, locals.locale, {
      title: m.error_busy_title(),
      advice: m.error_busy_advice(),
    });
    return fail(response.status, { undone: false, problem });
  },
};

import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const merge = await readOrFail(api(fetch).v1.merges[':merge'].$get({ param: { merge: params.merge } }));
  return { merge, approve: url.searchParams.has('approve'), done: url.searchParams.get('done') };
};

async function refused({ locals }: RequestEvent, response: Response) {
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locals.locale, busy);
  return fail(response.status, { answer: '', error: null, problem });
}

const back = (merge: string, done: string): never => redirect(303, `/community/merges/${merge}?done=${done}`);

export const actions: Actions = {
  approve: async (event) => {
    const form = await event.request.formData();
    const merge = event.params['merge'] ?? '';
    const response = await api(event.fetch).v1.merges[':merge'].approval.$post({
      param: { merge },
      json: { version: Number(textOf(form, 'version')), seen: textOf(form, 'seen') },
    });
    return response.ok ? back(merge, 'approved') : refused(event, response);
  },

  refuse: async (event) => {
    const form = await event.request.formData();
    const merge = event.params['merge'] ?? '';
    const answer = textOf(form, 'answer');
    if (answer === '' || answer.length > 200)
      return fail(422, { answer, error: m.merge_refuse_missing(), problem: null });
    const response = await api(event.fetch).v1.merges[':merge'].refusal.$post({
      param: { merge },
      json: { version: Number(textOf(form, 'version')), answer },
    });
    return response.ok ? back(merge, 'refused') : refused(event, response);
  },

  withdraw: async (event) => {
    const form = await event.request.formData();
    const merge = event.params['merge'] ?? '';
    const response = await api(event.fetch).v1.merges[':merge'].withdrawal.$post({
      param: { merge },
      json: { version: Number(textOf(form, 'version')) },
    });
    return response.ok ? back(merge, 'withdrawn') : refused(event, response);
  },
};

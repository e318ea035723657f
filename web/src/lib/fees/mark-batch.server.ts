import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { batchMarks } from './batch-words.ts';

/** The action behind 标为已送出 and its like, wherever a batch is shown. */
export async function markBatch({ request, fetch, locals }: RequestEvent) {
  const form = await request.formData();
  const mark = batchMarks.find((word) => word === textOf(form, 'mark')) ?? 'send';
  const response = await api(fetch).v1['offset-exports'][':batch'].marks.$post({
    param: { batch: textOf(form, 'batch') },
    json: { mark },
  });
  if (response.ok) return { marked: await response.json(), problem: null };
  const problem = await readProblem(response, locals.locale, {
    title: m.error_busy_title(),
    advice: m.error_busy_advice(),
  });
  return fail(response.status, { marked: null, problem });
}

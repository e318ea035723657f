import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { resolutions } from './words.ts';

/** The action behind every break's form, wherever the break is shown. */
export async function resolveBreak({ request, fetch, locals }: RequestEvent) {
  const form = await request.formData();
  const key = textOf(form, 'key');
  const of = textOf(form, 'break');
  const comment = textOf(form, 'comment');
  const resolution = resolutions.find((word) => word === textOf(form, 'resolution'));
  const tried = { of, comment, resolution: resolution ?? null, done: null };
  if (comment === '' || resolution === undefined) {
    const error = comment === '' ? m.fees_comment_missing() : null;
    return fail(422, { ...tried, key, error, problem: null });
  }
  const response = await api(fetch).v1.breaks[':break'].resolution.$post(
    { param: { break: of }, json: { resolution, comment } },
    { headers: { 'Idempotency-Key': key } },
  );
  if (response.ok) {
    const { state } = await response.json();
    return { ...tried, done: state, key: newKey(), error: null, problem: null };
  }
  const problem = await readProblem(response, locals.locale, {
    title: m.error_busy_title(),
    advice: m.error_busy_advice(),
  });
  const error = problem.fields['comment'] ?? null;
  return fail(response.status, { ...tried, key: keyAfter(key, problem), error, problem });
}

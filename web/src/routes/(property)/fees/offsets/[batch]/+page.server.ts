import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { markBatch } from '$lib/fees/mark-batch.server.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const batch = await readOrFail(
    api(fetch).v1['offset-exports'][':batch'].$get({ param: { batch: params.batch } }),
  );
  const { layout } = await readOrFail(
    api(fetch).v1.estates[':estate']['export-layout'].$get({ param: { estate: batch.estate } }),
  );
  return { batch, format: layout.file, key: newKey(), done: url.searchParams.get('done') };
};

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

async function refused({ locals }: RequestEvent, response: Response, { key = newKey(), reason = '' } = {}) {
  const problem = await readProblem(response, locals.locale, busy());
  const error = problem.fields['reason'] ?? null;
  return fail(response.status, { key: keyAfter(key, problem), reason, error, problem });
}

const back = (batch: string, done: string): never => redirect(303, `/fees/offsets/${batch}?done=${done}`);

export const actions: Actions = {
  mark: async (event) => {
    const answered = await markBatch(event);
    const nothing = { key: newKey(), reason: '', error: null };
    if (!('marked' in answered)) return fail(answered.status, { ...nothing, problem: answered.data.problem });
    return back(event.params['batch'] ?? '', 'marked');
  },
  ask: async (event) => {
    const form = await event.request.formData();
    const batch = event.params['batch'] ?? '';
    const reason = textOf(form, 'reason');
    if (reason === '') {
      const error = m.exchange_reason_missing();
      return fail(422, { key: newKey(), reason, error, problem: null });
    }
    const response = await api(event.fetch).v1['offset-exports'][':batch']['take-back-request'].$post({
      param: { batch },
      json: { reason },
    });
    return response.ok ? back(batch, 'asked') : refused(event, response, { reason });
  },
  keep: async (event) => {
    const batch = event.params['batch'] ?? '';
    const response = await api(event.fetch).v1['offset-exports'][':batch']['take-back-request'].$delete({
      param: { batch },
    });
    return response.ok ? back(batch, 'kept') : refused(event, response);
  },
  take: async (event) => {
    const form = await event.request.formData();
    const batch = event.params['batch'] ?? '';
    const key = textOf(form, 'key');
    const response = await api(event.fetch).v1['offset-exports'][':batch']['take-back'].$post(
      { param: { batch } },
      { headers: { 'Idempotency-Key': key } },
    );
    return response.ok ? back(batch, 'taken') : refused(event, response, { key });
  },
};

import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { grades, pick } from '$lib/volunteering/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const service = await readOrFail(
    api(fetch).v1.services[':service'].$get({ param: { service: params.service } }),
  );
  return { service, key: newKey(), voidKey: newKey(), isNew: url.searchParams.has('recorded') };
};

type Done = {
  grade: (typeof grades)[number] | null;
  missing: boolean;
  reasonMissing: boolean;
  problem: Problem | null;
  rated: { grade: (typeof grades)[number]; points: string } | null;
  voided: boolean;
};
const nothing: Done = {
  grade: null,
  missing: false,
  reasonMissing: false,
  problem: null,
  rated: null,
  voided: false,
};

export const actions: Actions = {
  rate: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const grade = pick(grades, textOf(form, 'grade'));
    if (grade === undefined) {
      return fail(422, { ...nothing, key, missing: true });
    }
    const response = await api(fetch).v1.services[':service'].rating.$post(
      { param: { service: params.service }, json: { grade } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) {
      const { points } = await response.json();
      return { ...nothing, key: newKey(), grade, rated: { grade, points } };
    }
    const problem = await readProblem(response, locals.locale, {
      title: m.error_busy_title(),
      advice: m.error_busy_advice(),
    });
    return fail(response.status, { ...nothing, key: keyAfter(key, problem), grade, problem });
  },

  /** The record was a mistake: it stays, and what it brought is taken back. */
  void: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const [key, reason] = [textOf(form, 'key'), textOf(form, 'reason')];
    if (reason === '') return fail(422, { ...nothing, key, reasonMissing: true });
    const response = await api(fetch).v1.services[':service'].voiding.$post(
      { param: { service: params.service }, json: { reason } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) return { ...nothing, key: newKey(), voided: true };
    const problem = await readProblem(response, locals.locale, {
      title: m.error_busy_title(),
      advice: m.error_busy_advice(),
    });
    return fail(response.status, { ...nothing, key: keyAfter(key, problem), problem });
  },
};

import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { parseProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params }) => {
  const bill = await readOrFail(api(fetch).v1.bills[':bill'].$get({ param: { bill: params.bill } }));
  return { bill };
};

export const actions: Actions = {
  correct: async ({ request, fetch, locals, params }) => {
    const form = await request.formData();
    const [paid, reason, cancels] = [
      textOf(form, 'paid').trim(),
      textOf(form, 'reason').trim(),
      form.has('cancel'),
    ];
    const given = { paid, reason, cancels };
    if (!cancels && paid === '')
      return fail(422, { ...given, problem: null, asked: [], codes: [], empty: true });
    // Whoever says yes has read the questions that were shown, about the amount that was asked about.
    const isSure = form.has('sure') && (cancels || textOf(form, 'about') === paid);
    const shown = form.getAll('code').filter((code) => typeof code === 'string');
    const response = await api(fetch).v1.bills[':bill'].correction.$post({
      param: { bill: params.bill },
      json: {
        ...{ was: textOf(form, 'was'), reason },
        ...(!cancels && { paid }),
        ...(isSure && { confirm: shown.slice(0, 20) }),
      },
    });
    if (response.ok) return { done: cancels ? ('cancelled' as const) : ('paid' as const) };
    const body: unknown = await response.json().catch(() => null);
    const problem = parseProblem(body, response.status, locals.locale, {
      title: m.error_busy_title(),
      advice: m.error_busy_advice(),
    });
    const questions = problem.code === 'not-confirmed' ? questionsIn(body) : [];
    const asked = questions.map(({ zh, en }) => (locals.locale === 'en' ? en : zh));
    const codes = questions.map(({ field }) => field);
    return fail(response.status, { ...given, problem, asked, codes, empty: false });
  },
};

type Question = { field: string; zh: string; en: string };

/** Each question is a field of the same name. */
function questionsIn(body: unknown): Question[] {
  return (body as { fields?: Question[] }).fields ?? [];
}

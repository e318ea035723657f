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

/** All that a correction may be asked about; whoever says yes has read those that came. */
const QUESTIONS = ['cancels-bills', 'touches-offsets', 'paid-less', 'figures-contradict', 'closed-month'];

export const actions: Actions = {
  correct: async ({ request, fetch, locals, params }) => {
    const form = await request.formData();
    const [paid, reason, cancels] = [
      textOf(form, 'paid').trim(),
      textOf(form, 'reason').trim(),
      form.has('cancel'),
    ];
    const given = { paid, reason, cancels };
    if (!cancels && paid === '') return fail(422, { ...given, problem: null, asked: [], empty: true });
    const response = await api(fetch).v1.bills[':bill'].correction.$post({
      param: { bill: params.bill },
      json: {
        ...{ was: textOf(form, 'was'), reason },
        ...(!cancels && { paid }),
        ...(form.has('sure') && { confirm: QUESTIONS }),
      },
    });
    if (response.ok) return { done: cancels ? ('cancelled' as const) : ('paid' as const) };
    const body: unknown = await response.json().catch(() => null);
    const problem = parseProblem(body, response.status, locals.locale, {
      title: m.error_busy_title(),
      advice: m.error_busy_advice(),
    });
    const asked = problem.code === 'not-confirmed' ? sentences(body, locals.locale) : [];
    return fail(response.status, { ...given, problem, asked, empty: false });
  },
};

/** Each question is a field of the same name. */
function sentences(body: unknown, locale: string): string[] {
  const { fields = [] } = body as { fields?: { zh: string; en: string }[] };
  return fields.map(({ zh, en }) => (locale === 'en' ? en : zh));
}

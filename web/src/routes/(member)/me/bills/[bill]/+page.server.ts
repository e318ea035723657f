import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { fenOf, plainNumber } from '$lib/yuan.ts';
import type { Actions, PageServerLoad } from './$types';

const unknown = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

export const load: PageServerLoad = async ({ fetch, params: { bill }, url, locals }) => {
  const wanted = plainNumber(url.searchParams.get('value') ?? '');
  const quote = api(fetch).v1.bills[':bill']['offset-quote'];
  const ask = (value?: string) =>
    quote.$get({ param: { bill }, query: value === undefined ? {} : { value } });
  const most = await ask();
  if (!most.ok) {
    // A bill that is not one's own is a missing page; what the rule says against it is an answer.
    if (most.status === 404) await readOrFail(Promise.resolve(most));
    return {
      quote: null,
      most: null,
      problem: await readProblem(most, locals.locale, unknown()),
      wanted,
      error: null,
      key: newKey(),
    };
  }
  const best = await most.json();
  const plain = { quote: best, most: best.value, problem: null, wanted, error: null, key: newKey() };
  if (wanted === '') return plain;
  if (fenOf(wanted) === undefined) return { ...plain, error: m.me_bill_value_wrong() };
  const less = await ask(wanted);
  if (less.ok) return { ...plain, quote: await less.json() };
  const refused = await readProblem(less, locals.locale, unknown());
  return { ...plain, error: refused.detail ?? refused.title };
};

export const actions: Actions = {
  confirm: async ({ request, fetch, params: { bill }, locals }) => {
    const form = await request.formData();
    const [key, value] = [textOf(form, 'key'), textOf(form, 'value')];
    const response = await api(fetch).v1.bills[':bill'].offsets.$post(
      { param: { bill }, json: { value } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) redirect(303, `/me/bills/offsets/${(await response.json()).id}?done`);
    const problem = await readProblem(response, locals.locale, unknown());
    return fail(problem.status, { problem, key: keyAfter(key, problem) });
  },
};

import { fail, redirect } from '@sveltejs/kit';
import { meantForAnother } from '$lib/acting/acting.server.ts';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { chooseValue, familyWhoCouldPay } from '$lib/member/choose-value.server.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

const unknown = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

/** The voucher that stands against a bill already: none if somebody else of the household made it. */
async function voucherOf(fetch: typeof globalThis.fetch, bill: string, { code }: Problem) {
  if (code !== 'already-done') return null;
  const answer = await api(fetch).v1.me.offsets.$get({ query: { limit: '100' } });
  if (!answer.ok) return null;
  const { items } = await answer.json();
  const live = items.find((one) => one.bill === bill && !['cancelled', 'returned'].includes(one.state));
  return live ? { id: live.id, number: live.number } : null;
}

/** Where to go on when the firm has issued the bill anew; its state may have changed again meanwhile. */
async function newerBill(fetch: typeof globalThis.fetch, bill: string, { code }: Problem) {
  if (code !== 'bill-reissued') return null;
  const answer = await api(fetch).v1.bills[':bill'].$get({ param: { bill } });
  return answer.ok ? ((await answer.json()).replacedBy ?? null) : null;
}

export const load: PageServerLoad = async ({ fetch, params: { bill }, url, locals }) => {
  const quote = api(fetch).v1.bills[':bill']['offset-quote'];
  // What one's own points do not reach is paid by the family who agreed, unless one would rather not.
  const whose = url.searchParams.get('whose') === 'own' ? ('own' as const) : ('household' as const);
  // A bill that is not one's own is a missing page; what the rule says against it is an answer.
  const [shown, chosen] = await Promise.all([
    readOrFail(api(fetch).v1.bills[':bill'].$get({ param: { bill } })),
    chooseValue(
      (value) => quote.$get({ param: { bill }, query: { whose, ...(value !== undefined && { value }) } }),
      { url, locale: locals.locale },
    ),
  ]);
  const known = { bill: shown, whose, key: newKey() };
  const { problem } = chosen;
  if (problem === null) return { ...known, chosen, problem, newer: null, voucher: null, family: undefined };
  const newer = problem.code === 'bill-reissued' ? (shown.replacedBy ?? null) : null;
  const [voucher, family] = await Promise.all([
    voucherOf(fetch, bill, problem),
    familyWhoCouldPay(() => quote.$get({ param: { bill }, query: { whose: 'household' } }), {
      problem,
      whose,
    }),
  ]);
  return { ...known, chosen: null, problem, newer, voucher, family };
};

export const actions: Actions = {
  confirm: async ({ request, fetch, params: { bill }, locals }) => {
    const form = await request.formData();
    const [key, value, points] = [textOf(form, 'key'), textOf(form, 'value'), textOf(form, 'points')];
    const seen = textOf(form, 'seen');
    const other = meantForAnother(form, locals);
    if (other) return fail(409, { problem: other, newer: null, voucher: null, key });
    const response = await api(fetch).v1.bills[':bill'].offsets.$post(
      { param: { bill }, json: { value, points, ...(seen !== '' && { seen }) } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) redirect(303, `/me/bills/offsets/${(await response.json()).id}?done`);
    const problem = await readProblem(response, locals.locale, unknown());
    const [newer, voucher] = await Promise.all([
      newerBill(fetch, bill, problem),
      voucherOf(fetch, bill, problem),
    ]);
    return fail(problem.status, { problem, newer, voucher, key: keyAfter(key, problem) });
  },
};

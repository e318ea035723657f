import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

export const load: PageServerLoad = async ({ fetch, url, params: { settlement }, parent }) => {
  const { me } = await parent();
  const of = api(fetch).v1.settlements[':settlement'];
  const found = await readOrFail(of.$get({ param: { settlement } }));
  const { items, next = null } = await readOrFail(
    of.lines.$get({ param: { settlement }, query: { limit: '100' } }),
  );
  // The first hundred stand with it, the others on pages of their own.
  const cursor = url.searchParams.get('payments');
  const later =
    found.morePayments || cursor !== null
      ? await readOrFail(
          of.payments.$get({
            param: { settlement },
            query: { limit: '100', ...(cursor !== null && { cursor }) },
          }),
        )
      : null;
  const payments = later?.items ?? found.payments;
  const paid = { payments, nextPayments: later?.next ?? null, isLater: cursor !== null };
  return { me, settlement: found, lines: items, more: next !== null, key: newKey(), ...paid };
};

type Answer = {
  /** Which of the forms was sent. */
  deed: string;
  done: boolean;
  problem: Problem | null;
  key: string;
  /** As it was typed, kept where it was refused. */
  typed: Record<string, string>;
};
type Told = { ok: boolean; status: number } & Parameters<typeof readProblem>[0];
const typedIn = ['amount', 'reference', 'paidOn', 'transferTotal', 'said', 'reason'] as const;

async function after(response: Told, locale: Parameters<typeof readProblem>[1], form: FormData) {
  const sent = { deed: textOf(form, 'deed'), key: textOf(form, 'key') };
  if (response.ok) return { ...sent, done: true, problem: null, key: newKey(), typed: {} } satisfies Answer;
  const problem = await readProblem(response, locale, busy());
  const typed = Object.fromEntries(typedIn.map((name) => [name, textOf(form, name)]));
  const key = keyAfter(sent.key, problem);
  return fail(response.status, { ...sent, done: false, problem, key, typed } satisfies Answer);
}

const sideIn = (form: FormData) =>
  textOf(form, 'side') === 'payer' ? ('payer' as const) : ('payee' as const);

export const actions: Actions = {
  agree: async ({ request, fetch, locals, params: { settlement } }) => {
    const form = await request.formData();
    const json = { side: sideIn(form), version: Number(textOf(form, 'version')) };
    const { agreements } = api(fetch).v1.settlements[':settlement'];
    return after(await agreements.$post({ param: { settlement }, json }), locals.locale, form);
  },
  say: async ({ request, fetch, locals, params: { settlement } }) => {
    const form = await request.formData();
    const said = textOf(form, 'said').slice(0, 300);
    const json = { side: sideIn(form), version: Number(textOf(form, 'version')), said };
    const of = api(fetch).v1.settlements[':settlement'];
    const to = textOf(form, 'what') === 'answer' ? of.answers : of.objections;
    return after(await to.$post({ param: { settlement }, json }), locals.locale, form);
  },
  pay: async ({ request, fetch, locals, params: { settlement } }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const transferTotal = textOf(form, 'transferTotal').trim();
    const json = {
      ...{ amount: textOf(form, 'amount'), reference: textOf(form, 'reference').slice(0, 64) },
      ...{ paidOn: textOf(form, 'paidOn'), ...(transferTotal !== '' && { transferTotal }) },
    };
    const { payments } = api(fetch).v1.settlements[':settlement'];
    const header = { headers: { 'idempotency-key': key } };
    return after(await payments.$post({ param: { settlement }, json }, header), locals.locale, form);
  },
  receive: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const of = api(fetch).v1['settlement-payments'][':payment'];
    const dispute = textOf(form, 'what') === 'dispute' ? textOf(form, 'said').slice(0, 200) : undefined;
    const json = { version: Number(textOf(form, 'version')), dispute };
    const param = { payment: textOf(form, 'payment') };
    return after(await of.receipts.$post({ param, json }), locals.locale, form);
  },
  askBack: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const of = api(fetch).v1['settlement-payments'][':payment'];
    const json = { reason: textOf(form, 'reason').slice(0, 200) };
    const param = { payment: textOf(form, 'payment') };
    return after(await of['take-back-requests'].$post({ param, json }), locals.locale, form);
  },
  decideBack: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const of = api(fetch).v1['settlement-payments'][':payment'];
    const decision = textOf(form, 'decision') === 'take-back' ? ('take-back' as const) : ('keep' as const);
    const param = { payment: textOf(form, 'payment') };
    return after(await of['take-back-decisions'].$post({ param, json: { decision } }), locals.locale, form);
  },
};

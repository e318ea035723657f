import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { findOutlets } from '$lib/counter/outlet.server.ts';
import { saleLine } from '$lib/counter/sale-line.ts';
import { textOf } from '$lib/form.ts';
import { waitingHere } from '$lib/inquiries/waiting.server.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, cookies, url }) => {
  const { outlet } = await findOutlets(fetch, cookies);
  const list = url.searchParams.get('list') === 'take' ? 'take' : 'give';
  if (outlet === null) return { outlet, list, totals: null, lines: [], next: null, waiting: null } as const;
  const merchant = api(fetch).v1.merchants[':place'];
  const cursor = url.searchParams.get('cursor');
  // An emptied date means today, as it does before one is chosen.
  const chosen = url.searchParams.get('day') ?? '';
  const param = { place: outlet.id };
  const totals = await readOrFail(
    merchant.today.$get({ param, query: chosen === '' ? {} : { day: chosen } }),
  );
  const query = { limit: '20', day: totals.day, ...(cursor === null ? {} : { cursor }) };
  const page = await (list === 'take'
    ? readOrFail(merchant.redemptions.$get({ param, query }))
    : readOrFail(merchant.purchases.$get({ param, query })));
  const lines = page.items.map((item) => ({
    ...saleLine(item, totals.today, outlet.isManager),
    key: newKey(),
  }));
  const waiting = outlet.isManager ? await waitingHere(fetch, outlet.id, 'shop') : null;
  return { outlet, list, totals, lines, next: page.next ?? null, waiting } as const;
};

type Errors = { reason?: string };
const none: Errors = {};

export const actions: Actions = {
  /** Takes one sale back by the entries made then; the page's list shows it undone afterwards. */
  undo: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const [id, key, reason] = [textOf(form, 'id'), textOf(form, 'key'), textOf(form, 'reason')];
    const mode = textOf(form, 'mode') === 'take' ? 'take' : 'give';
    if (reason === '' && textOf(form, 'needsReason') !== '') {
      const errors: Errors = { reason: m.counter_undo_reason_missing() };
      return fail(422, { id, key, mode, errors, problem: null, undone: null });
    }
    const options = { headers: { 'Idempotency-Key': key } };
    const v1 = api(fetch).v1;
    const response =
      mode === 'take'
        ? await v1.redemptions[':redemption'].undo.$post(
            { param: { redemption: id }, json: { reason } },
            options,
          )
        : await v1.purchases[':purchase'].undo.$post({ param: { purchase: id }, json: { reason } }, options);
    if (response.ok) {
      const { customer, points, unit } = await response.json();
      const undone = { customer, points, unit };
      return { id, key: newKey(), mode, errors: none, problem: null, undone };
    }
    const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, words);
    const { fields } = problem;
    const errors: Errors = fields['reason'] === undefined ? {} : { reason: fields['reason'] };
    return fail(problem.status, { id, key: keyAfter(key, problem), mode, errors, problem, undone: null });
  },
};

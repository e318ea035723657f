import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { findOutlets } from '$lib/counter/outlet.server.ts';
import { forgetShownCode, keepShownCode, shownCode } from '$lib/counter/shown-code.server.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, cookies }) => {
  const v1 = api(fetch).v1;
  const order = await readOrFail(v1.orders[':order'].$get({ param: { order: params.order } }));
  const { goods } = v1.merchants[':place'];
  // What could be given instead: of the same points, and there.
  const query = { limit: '100', sort: 'name', state: 'on' } as const;
  const shelf =
    order.state === 'placed'
      ? await readOrFail(goods.$get({ param: { place: order.place.id }, query }))
      : null;
  const instead = (shelf?.items ?? []).filter(({ unit, left }) => unit === order.unit && left !== 0);
  const { outlets } = await findOutlets(fetch, cookies);
  const isManager = outlets.some(({ id, isManager: may }) => may && id === order.place.id);
  return { order, instead, isShown: shownCode(cookies) !== undefined, isManager, key: newKey() };
};

type Deed = 'show' | 'without-code' | 'collect' | 'propose' | 'withdraw' | 'call-off';
type Done = {
  deed: Deed;
  done: boolean;
  problem: Problem | null;
  errors: Record<string, string>;
  key: string;
};

async function outcome(
  response: Response,
  { deed, key, locale }: { deed: Deed; key: string; locale: string },
) {
  const errors: Record<string, string> = {};
  if (response.ok) return { deed, done: true, problem: null, errors, key: newKey() } satisfies Done;
  const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locale, words);
  const done: Done = { deed, done: false, problem, errors: problem.fields, key: keyAfter(key, problem) };
  return fail(problem.status, done);
}

function refused(deed: Deed, key: string, errors: Record<string, string>) {
  return fail(422, { deed, done: false, problem: null, errors, key } satisfies Done);
}

const LONGEST_SCAN = 300;
/** What was shown does not open this order: the page asks anew. */
const NO_PROOF = new Set(['code-unknown', 'code-mistyped', 'pick-up-code-needed']);

export const actions: Actions = {
  /** The code of this order, or of another one of this shop, which then opens. */
  show: async ({ request, fetch, params, cookies, locals, url }) => {
    const form = await request.formData();
    const [key, scan] = [textOf(form, 'key'), textOf(form, 'scan')];
    if (scan === '' || scan.length > LONGEST_SCAN)
      return refused('show', key, { scan: m.order_code_missing() });
    const v1 = api(fetch).v1;
    const order = await readOrFail(v1.orders[':order'].$get({ param: { order: params.order } }));
    const { resolve } = v1.merchants[':place'].orders;
    const response = await resolve.$post({ param: { place: order.place.id }, json: { scan } });
    if (!response.ok) return outcome(response, { deed: 'show', key, locale: locals.locale });
    return redirect(303, keepShownCode({ cookies, url, order: (await response.json()).id }, scan));
  },

  /** By whoever manages the shop. */
  withoutCode: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const [key, reason] = [textOf(form, 'key'), textOf(form, 'without')];
    const errors: Record<string, string> = {};
    if (reason === '') errors['without'] = m.order_no_code_missing();
    if (textOf(form, 'sure') === '') errors['sure'] = m.order_no_code_unsure();
    if (Object.keys(errors).length > 0) return refused('without-code', key, errors);
    const json = { rest: 'keep' as const, byProxy: false, withoutCode: { reason } };
    const response = await api(fetch).v1.orders[':order']['pick-ups'].$post(
      { param: { order: params.order }, json },
      { headers: { 'Idempotency-Key': key } },
    );
    const deed = response.ok ? 'collect' : 'without-code';
    return outcome(response, { deed, key, locale: locals.locale });
  },

  collect: async ({ request, fetch, params, cookies, locals, url }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const lines = [...form].flatMap(([name, value]) => {
      const quantity = typeof value === 'string' ? Number(value.normalize('NFKC')) : NaN;
      return name.startsWith('line-') && Number.isInteger(quantity) && quantity > 0
        ? [{ line: name.slice('line-'.length), quantity }]
        : [];
    });
    const rest = textOf(form, 'rest') === 'release' ? ('release' as const) : ('keep' as const);
    const byProxy = textOf(form, 'byProxy') !== '';
    const scan = shownCode(cookies);
    const said = { rest, byProxy, ...(scan !== undefined && { scan }), ...(lines.length > 0 && { lines }) };
    const response = await api(fetch).v1.orders[':order']['pick-ups'].$post(
      { param: { order: params.order }, json: said },
      { headers: { 'Idempotency-Key': key } },
    );
    const done = await outcome(response, { deed: 'collect', key, locale: locals.locale });
    const problem = 'data' in done ? done.data.problem : done.problem;
    if (response.ok || NO_PROOF.has(problem?.code ?? '')) {
      forgetShownCode({ cookies, url, order: params.order });
    }
    return done;
  },

  propose: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const [goods = '', price = ''] = textOf(form, 'instead').split(' ');
    const json = {
      line: textOf(form, 'line'),
      goods,
      price,
      quantity: Number(textOf(form, 'quantity')) || 1,
    };
    const response = await api(fetch).v1.orders[':order'].substitutes.$post(
      { param: { order: params.order }, json },
      { headers: { 'Idempotency-Key': key } },
    );
    return outcome(response, { deed: 'propose', key, locale: locals.locale });
  },

  withdraw: async ({ request, fetch, params, locals }) => {
    const key = textOf(await request.formData(), 'key');
    const options = { headers: { 'Idempotency-Key': key } };
    const { withdraw } = api(fetch).v1.orders[':order'].substitutes;
    const response = await withdraw.$post({ param: { order: params.order } }, options);
    return outcome(response, { deed: 'withdraw', key, locale: locals.locale });
  },

  calloff: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const [key, reason] = [textOf(form, 'key'), textOf(form, 'reason')];
    if (reason === '') return refused('call-off', key, { reason: m.order_call_off_missing() });
    const response = await api(fetch).v1.orders[':order']['call-off'].$post(
      { param: { order: params.order }, json: { reason } },
      { headers: { 'Idempotency-Key': key } },
    );
    return outcome(response, { deed: 'call-off', key, locale: locals.locale });
  },
};

import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
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
  return { order, instead, isScanned: url.searchParams.has('scanned'), key: newKey() };
};

type Deed = 'collect' | 'propose' | 'withdraw' | 'call-off';
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
  const refused: Done = { deed, done: false, problem, errors: problem.fields, key: keyAfter(key, problem) };
  return fail(problem.status, refused);
}

export const actions: Actions = {
  collect: async ({ request, fetch, params, locals }) => {
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
    const response = await api(fetch).v1.orders[':order']['pick-ups'].$post(
      { param: { order: params.order }, json: { rest, byProxy, ...(lines.length > 0 && { lines }) } },
      { headers: { 'Idempotency-Key': key } },
    );
    return outcome(response, { deed: 'collect', key, locale: locals.locale });
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
    if (reason === '') {
      const errors: Record<string, string> = { reason: m.order_call_off_missing() };
      return fail(422, { deed: 'call-off' as const, done: false, problem: null, errors, key });
    }
    const response = await api(fetch).v1.orders[':order']['call-off'].$post(
      { param: { order: params.order }, json: { reason } },
      { headers: { 'Idempotency-Key': key } },
    );
    return outcome(response, { deed: 'call-off', key, locale: locals.locale });
  },
};

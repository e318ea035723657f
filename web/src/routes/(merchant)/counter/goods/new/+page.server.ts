import { error, fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { findOutlets } from '$lib/counter/outlet.server.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import {
  emptyGoods,
  faultsOfGoods,
  goodsBody,
  priceBody,
  readGoods,
  type GoodsErrors,
  type GoodsValues,
} from '$lib/shop/goods-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, cookies }) => {
  const { outlet } = await findOutlets(fetch, cookies);
  if (outlet === null || !outlet.isManager) error(403, m.error_forbidden_title());
  const { takes } = await readOrFail(
    api(fetch).v1.merchants[':place'].prices.$get({ param: { place: outlet.id } }),
  );
  const units = takes.map(({ unit }) => unit);
  return { outlet, units, values: { ...emptyGoods, unit: units[0] ?? 'VOL' }, key: newKey() };
};

type Tried = { values: GoodsValues; errors: GoodsErrors; problem: Problem | null; key: string };

export const actions: Actions = {
  default: async ({ request, fetch, cookies, locals }) => {
    const form = await request.formData();
    const [values, key] = [readGoods(form), textOf(form, 'key')];
    const { outlet } = await findOutlets(fetch, cookies);
    const errors = faultsOfGoods(values, { withPrice: true });
    const tried: Tried = { values, errors, problem: null, key };
    if (outlet === null || Object.keys(errors).length > 0) return fail(422, tried);
    const kind = values.kind === 'service' ? ('service' as const) : ('goods' as const);
    const json = { ...goodsBody(values), ...priceBody(values), kind, unit: values.unit };
    const response = await api(fetch).v1.merchants[':place'].goods.$post(
      { param: { place: outlet.id }, json },
      { headers: { 'Idempotency-Key': key } },
    );
    if (response.ok) redirect(303, `/counter/goods/${(await response.json()).id}?done=made`);
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    return fail(problem.status, { ...tried, errors: problem.fields, problem, key: keyAfter(key, problem) });
  },
};

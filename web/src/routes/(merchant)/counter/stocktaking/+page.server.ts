import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { findOutlets } from '$lib/counter/outlet.server.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { plainNumber } from '$lib/yuan.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, cookies, url }) => {
  const { outlet } = await findOutlets(fetch, cookies);
  if (outlet === null) return { outlet, goods: [], more: false, takings: [], next: null };
  const param = { place: outlet.id };
  const cursor = url.searchParams.get('cursor');
  const { goods, stocktakings } = api(fetch).v1.merchants[':place'];
  const [shelf, before] = await Promise.all([
    readOrFail(goods.$get({ param, query: { limit: '100', sort: 'name', state: 'on' } })),
    readOrFail(stocktakings.$get({ param, query: { limit: '20', ...(cursor !== null && { cursor }) } })),
  ]);
  return {
    outlet,
    goods: shelf.items.filter(({ left }) => left !== null),
    more: shelf.next !== undefined,
    takings: before.items,
    next: before.next ?? null,
  };
};

type Tried = { values: Record<string, string>; errors: Record<string, string>; problem: Problem | null };

export const actions: Actions = {
  /** What was left blank was not counted. */
  count: async ({ request, fetch, cookies, locals }) => {
    const form = await request.formData();
    const { outlet } = await findOutlets(fetch, cookies);
    const values: Record<string, string> = {};
    const errors: Record<string, string> = {};
    for (const [name, value] of form)
      if (name.startsWith('count-') && typeof value === 'string') values[name] = plainNumber(value.trim());
    const counts = Object.entries(values).flatMap(([name, text]) => {
      if (text === '') return [];
      if (!/^\d{1,6}$/.test(text)) errors[name] = m.goods_number_wrong();
      return [{ goods: name.slice('count-'.length), counted: Number(text) }];
    });
    const tried: Tried = { values, errors, problem: null };
    if (outlet === null || Object.keys(errors).length > 0) return fail(422, tried);
    if (counts.length === 0) {
      errors['none'] = m.stock_taking_none_counted();
      return fail(422, tried);
    }
    const response = await api(fetch).v1.merchants[':place'].stocktakings.$post({
      param: { place: outlet.id },
      json: { note: textOf(form, 'note'), counts },
    });
    if (response.ok) redirect(303, `/counter/stocktaking/${(await response.json()).id}`);
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    return fail(problem.status, { ...tried, problem });
  },
};

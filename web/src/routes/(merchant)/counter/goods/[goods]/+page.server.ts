import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { findOutlets } from '$lib/counter/outlet.server.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import {
  faultsOfGoods,
  faultsOfPrice,
  goodsBody,
  priceBody,
  readGoods,
  type GoodsValues,
} from '$lib/shop/goods-form.ts';
import { plainNumber } from '$lib/yuan.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, cookies, params, url }) => {
  const { outlets } = await findOutlets(fetch, cookies);
  const param = { goods: params.goods };
  const one = api(fetch).v1.goods[':goods'];
  const cursor = url.searchParams.get('cursor');
  const query = { limit: '20', ...(cursor !== null && { cursor }) };
  const [goods, movements] = await Promise.all([
    readOrFail(one.$get({ param })),
    readOrFail(one.movements.$get({ param, query })),
  ]);
  const outlet = outlets.find(({ id }) => id === goods.place) ?? null;
  return {
    ...{ goods, movements: movements.items, next: movements.next ?? null },
    isManager: outlet?.isManager ?? false,
    done: url.searchParams.get('done'),
    key: newKey(),
  };
};

type Errors = Record<string, string | undefined>;
type Tried = {
  of: 'stock' | 'price' | 'change' | 'photo';
  done: boolean;
  values: Record<string, string>;
  errors: Errors;
  problem: Problem | null;
  key: string;
};

async function outcome(
  response: Response,
  { of, values, key, locale }: Omit<Tried, 'done' | 'errors' | 'problem'> & { locale: string },
) {
  const none: Errors = {};
  if (response.ok) return { of, done: true, values, errors: none, problem: null, key: newKey() };
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locale, busy);
  return fail(problem.status, {
    ...{ of, done: false, values, errors: problem.fields, problem },
    key: keyAfter(key, problem),
  });
}

const textsOf = (form: FormData, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, textOf(form, name)]));

export const actions: Actions = {
  stock: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const values = textsOf(form, ['kind', 'quantity', 'reason']);
    const quantity = Number(plainNumber(values['quantity'] ?? ''));
    const kind = (['delivery', 'returned', 'damaged'] as const).find((one) => one === values['kind']);
    if (!kind || !Number.isInteger(quantity) || quantity < 1 || quantity > 9_999) {
      const errors: Errors = { quantity: m.goods_number_wrong() };
      return fail(422, { of: 'stock' as const, done: false, values, errors, problem: null, key });
    }
    const response = await api(fetch).v1.goods[':goods'].movements.$post(
      { param: { goods: params.goods }, json: { kind, quantity, reason: values['reason'] ?? '' } },
      { headers: { 'Idempotency-Key': key } },
    );
    return outcome(response, { of: 'stock', values, key, locale: locals.locale });
  },

  price: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const price: Record<string, string> & { points: string; yuan: string } = {
      points: plainNumber(textOf(form, 'points')),
      yuan: plainNumber(textOf(form, 'yuan')),
    };
    const errors: Errors = faultsOfPrice(price);
    if (Object.keys(errors).length > 0)
      return fail(422, { of: 'price' as const, done: false, values: price, errors, problem: null, key });
    const response = await api(fetch).v1.goods[':goods'].prices.$post(
      { param: { goods: params.goods }, json: priceBody(price) },
      { headers: { 'Idempotency-Key': key } },
    );
    return outcome(response, { of: 'price', values: price, key, locale: locals.locale });
  },

  change: async ({ request, fetch, params, locals }) => {
    const form = await request.formData();
    const key = textOf(form, 'key');
    const values: Record<string, string> & GoodsValues = readGoods(form);
    const errors: Errors = faultsOfGoods(values, { withPrice: false });
    if (Object.keys(errors).length > 0)
      return fail(422, { of: 'change' as const, done: false, values, errors, problem: null, key });
    const json = { ...goodsBody(values), version: Number(textOf(form, 'version')) || 1 };
    const response = await api(fetch).v1.goods[':goods'].$put(
      { param: { goods: params.goods }, json },
      { headers: { 'Idempotency-Key': key } },
    );
    return outcome(response, { of: 'change', values, key, locale: locals.locale });
  },

  photo: async ({ request, fetch, params, locals }) => {
    // What is far too large is not read at all.
    const form = await request.formData().catch(() => null);
    const file = form?.get('file');
    const key = form === null ? newKey() : textOf(form, 'key');
    const values: Record<string, string> = {};
    if (!(file instanceof File) || file.size === 0) {
      const errors: Errors = {
        file: form === null ? m.ui_file_too_large({ size: '5 MB' }) : m.goods_photo_missing(),
      };
      return fail(422, { of: 'photo' as const, done: false, values, errors, problem: null, key });
    }
    const query = new URLSearchParams({ fileName: file.name });
    const response = await fetch(`/api/v1/goods/${encodeURIComponent(params.goods)}/photo?${query}`, {
      method: 'POST',
      headers: { 'Idempotency-Key': key, 'content-type': 'application/octet-stream' },
      body: await file.arrayBuffer(),
    });
    return outcome(response, { of: 'photo', values, key, locale: locals.locale });
  },
};

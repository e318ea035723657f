import { fail, redirect, type Cookies } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { keptCookie } from '$lib/kept-cookie.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { basketCookie, packBasket, readBasket, withLine, type BasketLine } from '$lib/shop/basket.ts';
import type { Actions, PageServerLoad } from './$types';

function keep(cookies: Cookies, url: URL, lines: readonly BasketLine[]): void {
  cookies.set(basketCookie, packBasket(lines), keptCookie(url));
}

/** By shop and kind of points: each is an order of its own. */
export const load: PageServerLoad = async ({ fetch, cookies, locals }) => {
  const lines = readBasket(cookies.get(basketCookie));
  const { me } = api(fetch).v1;
  const [{ units }, { items: shops }] = await Promise.all([
    readOrFail(me.points.$get()),
    readOrFail(me.shops.$get({ query: { limit: '100' } })),
  ]);
  const known = await Promise.all(
    lines.map(async (line) => {
      const answer = await me.goods[':goods'].$get({ param: { goods: line.goods } });
      return answer.ok ? { ...line, now: await answer.json() } : undefined;
    }),
  );
  const groups = new Map<string, NonNullable<(typeof known)[number]>[]>();
  for (const line of known) {
    if (!line) continue;
    const key = `${line.now.place} ${line.now.unit}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const orders = [...groups.values()].flatMap((of) => {
    const [first] = of;
    if (!first) return [];
    const { place, unit } = first.now;
    const points = of.reduce((sum, { quantity, now }) => sum + BigInt(now.points) * BigInt(quantity), 0n);
    const fen = of.reduce((sum, { quantity, now }) => sum + Math.round(Number(now.yuan) * 100) * quantity, 0);
    const mine = units.find((one) => one.unit === unit)?.available ?? '0';
    return [
      {
        ...{ place, unit, lines: of, points: String(points), fen },
        name: shops.find(({ id }) => id === place)?.name ?? '',
        isShort: BigInt(mine) < points,
        mine,
        key: newKey(),
      },
    ];
  });
  return { orders, mayOrder: locals.acting?.may !== 'view' };
};

type Tried = { place: string; unit: string; problem: Problem | null; key: string };

export const actions: Actions = {
  change: async ({ request, cookies, url }) => {
    const form = await request.formData();
    const [goods, quantity] = [textOf(form, 'goods'), Number(textOf(form, 'quantity'))];
    const lines = readBasket(cookies.get(basketCookie));
    const line = lines.find((one) => one.goods === goods);
    if (line && Number.isInteger(quantity))
      keep(cookies, url, withLine(lines, { ...line, quantity }, { add: false }));
    redirect(303, '/me/shop/basket');
  },

  /** At the prices that this page showed; another price by now takes nothing, and the page shows the new one. */
  order: async ({ request, fetch, cookies, url, locals }) => {
    const form = await request.formData();
    const [place, unit, key] = [textOf(form, 'place'), textOf(form, 'unit'), textOf(form, 'key')];
    const lines = form
      .getAll('line')
      .flatMap((text) => readBasket(typeof text === 'string' ? text : ''))
      .map(({ goods, price, quantity }) => ({ goods, price, quantity }));
    const answer = await api(fetch).v1.me.orders.$post(
      { json: { place, lines } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (answer.ok) {
      const ordered = new Set(lines.map(({ goods }) => goods));
      keep(
        cookies,
        url,
        readBasket(cookies.get(basketCookie)).filter(({ goods }) => !ordered.has(goods)),
      );
      redirect(303, `/me/orders/${(await answer.json()).id}?made=1`);
    }
    const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(answer, locals.locale, words);
    const tried: Tried = { place, unit, problem, key: keyAfter(key, problem) };
    return fail(problem.status, tried);
  },
};

import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keptCookie } from '$lib/kept-cookie.ts';
import { m } from '$lib/paraglide/messages.js';
import { readOrFail } from '$lib/read.server.ts';
import { basketCookie, mostPieces, packBasket, readBasket, withLine } from '$lib/shop/basket.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, locals }) => {
  const goods = await readOrFail(api(fetch).v1.me.goods[':goods'].$get({ param: { goods: params.goods } }));
  return { goods, mayOrder: locals.acting?.may !== 'view' };
};

export const actions: Actions = {
  /** Onto the list; nothing is held until it is ordered. */
  add: async ({ request, cookies, url, params }) => {
    const form = await request.formData();
    const quantity = Number(textOf(form, 'quantity').normalize('NFKC'));
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > mostPieces)
      return fail(422, { error: m.goods_quantity_wrong({ most: mostPieces }) });
    const [place, price] = [textOf(form, 'place'), textOf(form, 'price')];
    const lines = readBasket(cookies.get(basketCookie));
    const next = withLine(lines, { place, goods: params.goods, price, quantity });
    cookies.set(basketCookie, packBasket(next), keptCookie(url));
    redirect(303, `/me/shop?shop=${place}&added=1`);
  },
};

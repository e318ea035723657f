import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { keptMode, modeCookie } from '$lib/counter/kept-mode.server.ts';
import { findOutlets, outletCookie } from '$lib/counter/outlet.server.ts';
import { faultsOf, newSale, readCustomer, readSale, type Customer, type Sale } from '$lib/counter/sale.ts';
import { packPieces, saleOf, tapped, type OnShelf } from '$lib/counter/pieces.ts';
import { shelfFor } from '$lib/counter/shelf.server.ts';
import { isPickUp } from '$lib/counter/pick-up-scan.ts';
import { keepShownCode } from '$lib/counter/shown-code.server.ts';
import { quoteSale, type Quote } from '$lib/counter/quote-sale.server.ts';
import { limitsNear, type Limit } from '$lib/counter/limits.server.ts';
import { postSale, type Receipt } from '$lib/counter/post-sale.server.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { waitingHere } from '$lib/inquiries/waiting.server.ts';
import { keptCookie } from '$lib/kept-cookie.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { faultWords } from '$lib/counter/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, cookies, url }) => {
  const { outlet, outlets } = await findOutlets(fetch, cookies);
  // A manager who opens the till hears of what residents asked the shop.
  const waiting = outlet?.isManager ? await waitingHere(fetch, outlet.id, 'shop') : null;
  // A phone's own camera opened the link in the code: /c/<token> leads here.
  return { outlet, outlets, waiting, scan: url.searchParams.get('scan') };
};

const longestScan = 300;

/** What the page shows next. The counter's forms carry all they need, so each step also works without scripts. */
type Scanning = { step: 'scan'; problem: Problem | null; receipt: Receipt | null; sale: Sale | null };
type Entering = {
  step: 'sale' | 'review';
  customer: Customer;
  sale: Sale;
  errors: ReturnType<typeof faultWords>;
  problem: Problem | null;
  /** What would be given, where it is known. */
  quote: Quote | null;
  /** What may be tapped for 收分, and what is wrong with what was. */
  shelf: OnShelf[];
  shelfFault: string | null;
  /** Payers who are near what the shop lets them leave unpaid, or over it. */
  limits: Limit[];
  key: string;
};

const unknown = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });

function entering(
  step: Entering['step'],
  customer: Customer,
  sale: Sale,
  rest: Partial<Entering> = {},
): Entering {
  const blank = { errors: {}, problem: null, quote: null, shelf: [], shelfFault: null, limits: [] };
  return { step, customer, sale, ...blank, key: newKey(), ...rest };
}

function scanning(rest: Partial<Scanning>): Scanning {
  return { step: 'scan', problem: null, receipt: null, sale: null, ...rest };
}

export const actions: Actions = {
  /** A clerk of several shops says in which one this till stands. */
  outlet: async ({ request, cookies, url }) => {
    cookies.set(outletCookie, textOf(await request.formData(), 'outlet'), keptCookie(url));
    return scanning({});
  },

  /** Looks a code up: who it is, and what they have. */
  resolve: async ({ request, fetch, cookies, locals, url }) => {
    const form = await request.formData();
    const scan = textOf(form, 'scan');
    const { outlet } = await findOutlets(fetch, cookies);
    if (scan === '' || scan.length > longestScan || outlet === null) {
      const title = scan.length > longestScan ? m.counter_scan_long() : m.counter_scan_missing();
      return fail(422, scanning({ problem: plainProblem(title) }));
    }
    const merchant = api(fetch).v1.merchants[':place'];
    if (isPickUp(scan)) {
      const found = await merchant.orders.resolve.$post({ param: { place: outlet.id }, json: { scan } });
      if (found.ok) redirect(303, keepShownCode({ cookies, url, order: (await found.json()).id }, scan));
      const problem = await readProblem(found, locals.locale, unknown());
      return fail(problem.status, scanning({ problem }));
    }
    const { resolve } = merchant.codes;
    const response = await resolve.$post({ param: { place: outlet.id }, json: { scan } });
    if (!response.ok) {
      return fail(
        response.status,
        scanning({ problem: await readProblem(response, locals.locale, unknown()) }),
      );
    }
    const { code, customer: who, available, confirmBefore } = await response.json();
    const customer: Customer = { place: outlet.id, code, ...who, until: confirmBefore, available };
    const sale = newSale(keptMode(cookies), customer);
    return entering('sale', customer, sale, { shelf: await shelfFor(fetch, { place: outlet.id, sale }) });
  },

  /** 记分 or 收分, chosen or changed; also the way back from the check. */
  enter: async ({ request, fetch, cookies, url }) => {
    const form = await request.formData();
    const customer = readCustomer(form);
    const sale = readSale(form);
    cookies.set(modeCookie, sale.mode, keptCookie(url));
    const isBack = textOf(form, 'back') !== '';
    const shelf = await shelfFor(fetch, { place: customer.place, sale });
    return entering('sale', customer, isBack ? sale : newSale(sale.mode, customer), { shelf });
  },

  review: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const customer = readCustomer(form);
    const typed = { ...readSale(form), lines: '', yuan: '' };
    const shelf = await shelfFor(fetch, { place: customer.place, sale: typed });
    const chosen = tapped(form, shelf);
    if ('fault' in chosen)
      return fail(422, entering('sale', customer, typed, { shelf, shelfFault: chosen.fault }));
    if (chosen.pieces.length > 0) {
      const made = saleOf(chosen.pieces, { shelf, sale: typed, customer });
      const lines = packPieces(chosen.pieces);
      if ('sale' in made) {
        const limits = await limitsNear(fetch, customer.place);
        return entering('review', customer, made.sale, { limits });
      }
      return fail(422, entering('sale', customer, { ...typed, lines }, { shelf, shelfFault: made.fault }));
    }
    const sale = typed;
    const faults = faultsOf(sale, customer);
    if (Object.keys(faults).length > 0) {
      const errors = faultWords(faults, sale, customer);
      return fail(422, entering('sale', customer, sale, { errors, shelf }));
    }
    const quoted = await quoteSale(fetch, { customer, sale });
    if ('quote' in quoted) {
      const limits = sale.mode === 'take' ? await limitsNear(fetch, customer.place) : [];
      return entering('review', customer, sale, { quote: quoted.quote, limits });
    }
    const problem = await readProblem(quoted.refused, locals.locale, unknown());
    if (problem.code.startsWith('code-')) return fail(problem.status, scanning({ problem, sale }));
    return fail(problem.status, entering('sale', customer, sale, { problem, errors: problem.fields, shelf }));
  },

  confirm: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const customer = readCustomer(form);
    const sale = readSale(form);
    const key = textOf(form, 'key');
    const overLimit = textOf(form, 'overLimit') !== '';
    const response = await postSale(fetch, { customer, sale, key, overLimit });
    if ('receipt' in response) return scanning({ receipt: response.receipt, sale });
    const problem = await readProblem(response.refused, locals.locale, unknown());
    // The code is spent or over: only a new scan helps. Anything else is mended in the form.
    if (problem.code.startsWith('code-')) return fail(problem.status, scanning({ problem, sale }));
    const step = problem.status >= 500 ? 'review' : 'sale';
    // The shelf as it is now: a price that changed is seen before the next try.
    const shelf = step === 'sale' ? await shelfFor(fetch, { place: customer.place, sale }) : [];
    const rest = { problem, errors: problem.fields, shelf, key: keyAfter(key, problem) };
    return fail(problem.status, entering(step, customer, sale, rest));
  },
};

function plainProblem(title: string): Problem {
  const plain = { code: 'invalid-input', status: 422, detail: null, fields: {}, needsNewKey: false };
  return { ...plain, title, advice: m.counter_scan_advice(), retryAfterS: null };
}

import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { chosenPayer, payersOf } from '$lib/programme/payers.server.ts';
import { microOf } from '$lib/programme/rule-numbers.ts';
import { unitsAt } from '$lib/programme/units.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { plainNumber } from '$lib/yuan.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const payers = await payersOf(fetch, ['staff', 'operator', 'auditor']);
  const payer = chosenPayer(payers, url) ?? null;
  const fundsAfter = url.searchParams.get('funds');
  const isFurther = fundsAfter !== null;
  const base = { payers, payer, key: newKey(), approve: url.searchParams.get('approve'), isFurther };
  if (payer === null)
    return { ...base, funds: [], nextFunds: null, waiting: [], nextWaiting: null, units: [] };
  const { v1 } = api(fetch);
  const param = { place: payer.id };
  const after = url.searchParams.get('waiting');
  const query = after === null ? {} : { cursor: after };
  const fundPage = fundsAfter === null ? {} : { cursor: fundsAfter };
  const [{ items: funds, next: nextFunds = null }, { items: waiting, next: nextWaiting = null }, known] =
    await Promise.all([
      readOrFail(v1.places[':place'].funds.$get({ param, query: fundPage })),
      readOrFail(v1.places[':place']['waiting-budgets'].$get({ param, query })),
      payer.acts ? unitsAt(fetch, payer.id) : [],
    ]);
  // What the pages before or after have may be among them: opening it a second time is refused.
  const units = known.filter((code) => !funds.some(({ unit }) => unit === code));
  const cursor = url.searchParams.get('cursor');
  const histories = await Promise.all(
    funds.map(async (fund) => {
      const query = url.searchParams.get('fund') === fund.id && cursor !== null ? { cursor } : {};
      const page = await readOrFail(v1.funds[':fund'].budgets.$get({ param: { fund: fund.id }, query }));
      return { ...fund, budgets: page.items, next: page.next ?? null };
    }),
  );
  return { ...base, funds: histories, nextFunds, waiting, nextWaiting, units };
};

type Done = 'asked' | 'approved' | 'withdrawn' | 'opened';
const untouched = { fund: '', amount: '', basis: '', errors: {} as { amount?: string; basis?: string } };
type Opening = { unit: string; name: string; rate: string; errors: Record<string, string> };
const notOpening: Opening | null = null as Opening | null;
const done = (what: Done) => ({
  ...untouched,
  opening: notOpening,
  key: newKey(),
  done: what,
  problem: null,
});

async function refused({ locals }: RequestEvent, response: Response, tried: typeof untouched, key: string) {
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locals.locale, busy);
  const errors = { ...tried.errors, ...problem.fields };
  const isBeside = Object.keys(problem.fields).length > 0;
  return fail(response.status, {
    ...tried,
    errors,
    key: keyAfter(key, problem),
    done: null,
    problem: isBeside ? null : problem,
    opening: notOpening,
  });
}

/** Ten yuan a point is a slip of the decimal point. */
const mostRateMicro = 10_000_000;

export const actions: Actions = {
  ask: async (event) => {
    const form = await event.request.formData();
    const [fund, basis] = [textOf(form, 'fund'), textOf(form, 'basis')];
    const amount = plainNumber(textOf(form, 'amount'));
    const errors = {
      ...(/^[1-9]\d{0,12}$/.test(amount) ? {} : { amount: m.programme_ask_points_wrong() }),
      ...(basis === '' || basis.length > 120 ? { basis: m.programme_ask_basis_missing() } : {}),
    };
    const tried = { fund, amount: textOf(form, 'amount'), basis, errors };
    if (Object.keys(errors).length > 0)
      return fail(422, { ...tried, key: newKey(), done: null, problem: null, opening: notOpening });
    const response = await api(event.fetch).v1.funds[':fund'].budgets.$post({
      param: { fund },
      json: { amount, basis },
    });
    return response.ok ? done('asked') : refused(event, response, tried, '');
  },

  approve: async (event) => {
    const form = await event.request.formData();
    const key = textOf(form, 'key');
    const response = await api(event.fetch).v1.budgets[':budget'].approval.$post(
      { param: { budget: textOf(form, 'budget') } },
      { headers: { 'Idempotency-Key': key } },
    );
    return response.ok ? done('approved') : refused(event, response, untouched, key);
  },

  withdraw: async (event) => {
    const form = await event.request.formData();
    const response = await api(event.fetch).v1.budgets[':budget'].$delete({
      param: { budget: textOf(form, 'budget') },
    });
    return response.ok ? done('withdrawn') : refused(event, response, untouched, '');
  },

  open: async (event) => {
    const form = await event.request.formData();
    const place = event.url.searchParams.get('place') ?? '';
    const [unit, name, rate] = [textOf(form, 'unit'), textOf(form, 'name'), textOf(form, 'rate')];
    const rateMicro = microOf(plainNumber(rate));
    const errors: Record<string, string> = {
      ...(name === '' || name.length > 60 ? { name: m.units_fund_name_missing() } : {}),
      ...(rateMicro === undefined || rateMicro <= 0 || rateMicro > mostRateMicro
        ? { rate: m.units_fund_rate_wrong() }
        : {}),
    };
    const tried = { ...untouched, key: newKey(), done: null, problem: null };
    if (Object.keys(errors).length > 0)
      return fail(422, { ...tried, opening: { unit, name, rate, errors } as Opening | null });
    const response = await api(event.fetch).v1.places[':place'].funds.$post({
      param: { place },
      json: { unit, name, rateMicro: String(rateMicro) },
    });
    if (response.ok) return done('opened');
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, event.locals.locale, busy);
    const isBeside = Object.keys(problem.fields).length > 0;
    return fail(response.status, {
      ...tried,
      problem: isBeside ? null : problem,
      opening: { unit, name, rate, errors: problem.fields } as Opening | null,
    });
  },
};

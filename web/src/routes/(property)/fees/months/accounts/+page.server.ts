import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

const GENERAL = ['settlement', 'concession', 'gain', 'receivable'] as const;

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  if (estate === null) return { estates, estate, inForce: null, items: [], history: [], more: null };
  const place = api(fetch).v1.places[':place'];
  const param = { place: estate.id };
  const cursor = url.searchParams.get('cursor');
  const asked = await place['firm-accounts'].$get({ param });
  // An estate without a firm has no accounts to keep.
  if (asked.status === 409) return { estates, estate, inForce: null, items: [], history: [], more: null };
  const [inForce, draft, { items: history, next: more = null }] = await Promise.all([
    readOrFail(Promise.resolve(asked)),
    readOrFail(place['preliminary-statement'].$get({ param })),
    readOrFail(
      place['firm-accounts'].history.$get({
        param,
        query: { limit: '10', ...(cursor === null ? {} : { cursor }) },
      }),
    ),
  ]);
  const own = inForce.accounts.items.map(({ item }) => item);
  const items = [...new Set([...own, ...draft.values.map(({ item }) => item)])];
  return { estates, estate, inForce, items, history, more };
};

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const account = (of: string) => ({
      code: textOf(form, `${of}-code`).trim(),
      name: textOf(form, `${of}-name`).trim(),
    });
    const names = form.getAll('item').map(String);
    const items = names
      .map((item, nth) => ({ item, ...account(`item-${nth}`) }))
      .filter(({ code, name }) => code !== '' || name !== '');
    const tried = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
    const wrong = new Map<string, string>();
    const fields = [...GENERAL, ...names.map((_, nth) => `item-${nth}`)];
    for (const of of fields) {
      const { code, name } = account(of);
      if (of.startsWith('item-') && code === '' && name === '') continue;
      if (!/^[0-9A-Za-z.-]{1,20}$/.test(code)) wrong.set(`${of}-code`, m.closing_acc_code_wrong());
      if (name === '' || name.length > 60) wrong.set(`${of}-name`, m.closing_acc_name_wrong());
    }
    const refusal = { tried, saved: false, waits: false, errors: Object.fromEntries(wrong) };
    if (wrong.size > 0) return fail(422, { ...refusal, problem: null });
    const [settlement, concession, gain, receivable] = [
      ...[account('settlement'), account('concession'), account('gain'), account('receivable')],
    ] as const;
    const response = await api(fetch).v1.places[':place']['firm-accounts'].$put({
      param: { place: textOf(form, 'estate') },
      json: {
        version: Number(textOf(form, 'version')),
        accounts: {
          settlement: settlement!,
          concession: concession!,
          gain: gain!,
          receivable: receivable!,
          items,
        },
      },
    });
    if (response.ok) {
      const { waits } = await response.json();
      return { tried: null, saved: !waits, waits, errors: {}, problem: null };
    }
    const words = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, words);
    // What somebody else saved is shown, and not what was typed over it.
    const keep = problem.code === 'changed-meanwhile' ? null : tried;
    return fail(response.status, { ...refusal, tried: keep, problem });
  },
};

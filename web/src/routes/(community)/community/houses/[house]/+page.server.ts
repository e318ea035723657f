import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { answeredIn, askedIn, type Asked } from '$lib/people/asked.ts';
import { isDay, today } from '$lib/people/days.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const shown = await readOrFail(api(fetch).v1.houses[':house'].$get({ param: { house: params.house } }));
  return { ...shown, today: today(), isSold: url.searchParams.get('done') === 'sold' };
};

type Tried = { values: Record<string, string>; asked: Asked[] };

async function refused({ locals }: RequestEvent, response: Response, tried: Tried) {
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locals.locale, busy);
  const asked = askedIn(problem.fields);
  const isBeside = asked.length === 0 && Object.keys(problem.fields).length > 0;
  return fail(response.status, {
    ...{ ...tried, asked: [...tried.asked, ...asked], errors: asked.length > 0 ? {} : problem.fields },
    problem: isBeside ? null : problem,
  });
}

export const actions: Actions = {
  sell: async (event) => {
    const form = await event.request.formData();
    const house = event.params['house'] ?? '';
    const [name, day] = [textOf(form, 'name'), textOf(form, 'day')];
    const phone = textOf(form, 'phone').normalize('NFKC').replaceAll(/[\s-]/g, '');
    const keepsTenants = form.get('keepsTenants') === 'yes';
    const about = [house, name, phone].join('|');
    const asked = answeredIn(form, about);
    const values = { name, phone, day, keepsTenants: keepsTenants ? 'yes' : '', about };
    const tried: Tried = { values, asked };
    const errors: Record<string, string> = {
      ...(name === '' || name.length > 40 ? { name: m.setup_people_name_missing() } : {}),
      ...(phone === '' || /^1\d{10}$/.test(phone) ? {} : { phone: m.setup_people_phone_wrong() }),
      ...(isDay(day) ? {} : { day: m.person_day_missing() }),
    };
    if (Object.keys(errors).length > 0) return fail(422, { ...tried, errors, problem: null });
    const confirm = asked.flatMap(({ code }) => (code === 'new-houses' ? [] : [code]));
    const response = await api(event.fetch).v1.houses[':house'].sale.$post({
      param: { house },
      json: { name, day, keepsTenants, confirm, ...(phone !== '' && { phone }) },
    });
    return response.ok
      ? redirect(303, `/community/houses/${house}?done=sold`)
      : refused(event, response, tried);
  },
};

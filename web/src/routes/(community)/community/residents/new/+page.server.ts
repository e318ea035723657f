import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { answeredIn, askedIn, type Asked } from '$lib/people/asked.ts';
import { m } from '$lib/paraglide/messages.js';
import { isDay, today } from '$lib/people/days.ts';
import { relations } from '$lib/people/words.ts';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, ['staff', 'operator']);
  const estate = chosenEstate(estates, url);
  if (estate === undefined) error(404, m.error_missing_title());
  const house = (url.searchParams.get('house') ?? '').slice(0, 60);
  return { estates, estate, house, today: today() };
};

async function refused({ locals }: RequestEvent, response: Response, tried: Tried) {
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locals.locale, busy);
  const { fields, code } = problem;
  const asked = askedIn(fields);
  const isBeside = code !== 'not-confirmed' && Object.keys(fields).length > 0;
  return fail(response.status, {
    ...{ ...tried, asked: [...tried.asked, ...asked], errors: asked.length > 0 ? {} : fields },
    problem: isBeside ? null : problem,
  });
}

type Tried = { values: Record<string, string>; asked: Asked[] };

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const [house, name, since] = [textOf(form, 'house'), textOf(form, 'name'), textOf(form, 'since')];
    const phone = textOf(form, 'phone').normalize('NFKC').replaceAll(/[\s-]/g, '');
    const relation = relations.find((word) => word === textOf(form, 'relation')) ?? 'owner';
    // A question that was answered with yes keeps its tick and its words, as long as it is about the same.
    const estate = textOf(form, 'estate');
    const about = [estate, house, name, phone].join('|');
    const asked = answeredIn(form, about);
    const tried: Tried = { values: { estate, house, name, phone, relation, since, about }, asked };
    const errors: Record<string, string> = {
      ...(house === '' || house.length > 60 ? { house: m.residents_new_no_house() } : {}),
      ...(name === '' || name.length > 40 ? { name: m.setup_people_name_missing() } : {}),
      ...(phone === '' || /^1\d{10}$/.test(phone) ? {} : { phone: m.setup_people_phone_wrong() }),
      ...(isDay(since) ? {} : { since: m.person_day_missing() }),
    };
    if (Object.keys(errors).length > 0) return fail(422, { ...tried, errors, problem: null });
    const response = await api(event.fetch).v1.estates[':estate'].residents.$post({
      param: { estate },
      json: {
        ...{ house, name, relation, since, confirm: asked.map(({ code }) => code) },
        ...(phone !== '' && { phone }),
      },
    });
    if (!response.ok) return refused(event, response, tried);
    const { person, isNew } = await response.json();
    redirect(303, `/community/people/${person}?done=${isNew ? 'registered' : 'added'}`);
  },
};

import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { dayAfter, isDay, today } from '$lib/people/days.ts';
import { endReasons } from '$lib/people/words.ts';
import { estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { relations } from '$lib/people/words.ts';
import { wordOf } from '$lib/word-of.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const { v1 } = api(fetch);
  const person = await readOrFail(v1.people[':person'].$get({ param: { person: params.person } }));
  if (person.mergedInto !== undefined) redirect(303, `/community/people/${person.mergedInto}?done=merged`);
  const asked = url.searchParams.get('day') ?? '';
  const day = isDay(asked) ? asked : today();
  const there = person.residencies.filter(
    ({ since, until }) => (since === undefined || since <= day) && (until === undefined || until > day),
  );
  const [estates, namesakes, ...households] = await Promise.all([
    estatesOf(fetch, ['staff', 'operator']),
    readOrFail(v1.people[':person'].namesakes.$get({ param: { person: params.person } })),
    ...there.map(async ({ house, estateName }) => {
      const answer = v1.houses[':house'].residents.$get({ param: { house: house.id }, query: { day } });
      return { house, estateName, people: (await readOrFail(answer)).items };
    }),
  ]);
  // Without scripts the question is the page's own.
  const end = person.residencies.find(({ id }) => id === url.searchParams.get('end')) ?? null;
  const done = wordOf(url, 'done', ['corrected', 'added', 'ended', 'merged', 'registered']);
  return { person, estates, namesakes: namesakes.items, households, day, today: today(), end, done };
};

type Of = 'unmask' | 'correct' | 'add' | 'end';
type Tried = { of: Of; values: Record<string, string>; seen: { name: string; phone: string } | null };

const wrong = (tried: Tried, errors: Record<string, string>) =>
  fail(422, { ...tried, errors, problem: null });

async function refused({ locals }: RequestEvent, response: Response, tried: Tried) {
  const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const problem = await readProblem(response, locals.locale, busy);
  const isBeside = Object.keys(problem.fields).length > 0;
  return fail(response.status, { ...tried, errors: problem.fields, problem: isBeside ? null : problem });
}

const back = (person: string, done: string): never =>
  redirect(303, `/community/people/${person}?done=${done}`);

export const actions: Actions = {
  /** The names are in the answer alone: neither the address nor the next page has them. */
  unmask: async (event) => {
    const form = await event.request.formData();
    const reason = textOf(form, 'reason');
    const tried: Tried = { of: 'unmask', values: { reason }, seen: null };
    if (reason === '' || reason.length > 200) return wrong(tried, { reason: m.person_reason_missing() });
    const response = await api(event.fetch).v1.people[':person'].unmasking.$post({
      param: { person: event.params['person'] ?? '' },
      json: { reason },
    });
    if (!response.ok) return refused(event, response, tried);
    const { name, phone = '' } = await response.json();
    return { ...tried, values: { name, phone }, seen: { name, phone }, errors: {}, problem: null };
  },

  correct: async (event) => {
    const form = await event.request.formData();
    const person = event.params['person'] ?? '';
    const [name, phone] = [textOf(form, 'name'), textOf(form, 'phone').replaceAll(/[\s-]/g, '')];
    const seen = { name: textOf(form, 'seenName'), phone: textOf(form, 'seenPhone') };
    const sharedPhone = form.get('sharedPhone') === 'yes';
    const shared = sharedPhone ? 'yes' : '';
    const tried: Tried = { of: 'correct', values: { name, phone, sharedPhone: shared }, seen };
    const errors = {
      ...(name === '' || name.length > 40 ? { name: m.setup_people_name_missing() } : {}),
      ...(phone === '' || /^1\d{10}$/.test(phone) ? {} : { phone: m.setup_people_phone_wrong() }),
    };
    if (Object.keys(errors).length > 0) return wrong(tried, errors);
    const response = await api(event.fetch).v1.people[':person'].$put({
      param: { person },
      json: {
        ...{ version: Number(textOf(form, 'version')), name, phone: phone === '' ? null : phone },
        ...(sharedPhone ? { sharedPhone } : {}),
      },
    });
    return response.ok ? back(person, 'corrected') : refused(event, response, tried);
  },

  add: async (event) => {
    const form = await event.request.formData();
    const person = event.params['person'] ?? '';
    const values = Object.fromEntries(
      ['estate', 'house', 'relation', 'since', 'until'].map((name) => [name, textOf(form, name)]),
    ) as Record<'estate' | 'house' | 'relation' | 'since' | 'until', string>;
    const tried: Tried = { of: 'add', values, seen: null };
    const { v1 } = api(event.fetch);
    const relation = relations.find((word) => word === values.relation);
    const house = await houseOf(event, values);
    const errors = {
      ...(house === undefined ? { house: m.person_house_unknown() } : {}),
      ...(isDay(values.since) ? {} : { since: m.person_day_missing() }),
      ...(values.until === '' || isDay(values.until) ? {} : { until: m.person_day_missing() }),
    };
    if (house === undefined || relation === undefined || Object.keys(errors).length > 0)
      return wrong(tried, errors);
    const until = values.until === '' ? {} : { until: dayAfter(values.until) };
    const response = await v1.people[':person'].residencies.$post({
      param: { person },
      json: { house, relation, since: values.since, ...until },
    });
    return response.ok ? back(person, 'added') : refused(event, response, tried);
  },

  end: async (event) => {
    const form = await event.request.formData();
    const person = event.params['person'] ?? '';
    const values = { until: textOf(form, 'until'), reason: textOf(form, 'reason') };
    const tried: Tried = { of: 'end', values, seen: null };
    const isStill = values.reason === 'still';
    const reason = isStill ? 'mistake' : endReasons.find((word) => word === values.reason);
    if (reason === undefined || !(isStill || isDay(values.until)))
      return wrong(tried, { until: m.person_day_missing() });
    // A death ends more than a home, and is asked about once more before it is written.
    if (reason === 'death' && textOf(form, 'sure') !== 'yes')
      return { ...tried, values: { ...values, sure: 'ask' }, errors: {}, problem: null };
    const response = await api(event.fetch).v1.residencies[':residency'].ending.$post({
      param: { residency: textOf(form, 'residency') },
      json: {
        until: isStill ? null : dayAfter(values.until),
        ...{ reason, version: Number(textOf(form, 'version')) },
      },
    });
    return response.ok ? back(person, 'ended') : refused(event, response, tried);
  },
};

/** The house that is written as on its door, of the estate that was chosen. */
async function houseOf(
  { fetch }: RequestEvent,
  { estate, house }: { estate: string; house: string },
): Promise<string | undefined> {
  if (house === '' || house.length > 60) return undefined;
  const answer = await api(fetch).v1.estates[':estate'].houses.$get({ param: { estate }, query: { house } });
  return answer.ok ? (await answer.json()).items[0]?.id : undefined;
}

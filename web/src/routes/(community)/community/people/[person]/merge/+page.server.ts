import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

const isId = (text: string | null): text is string => text !== null && /^[\da-f-]{36}$/.test(text);

export const load: PageServerLoad = async ({ fetch, params, url, locals }) => {
  const { v1 } = api(fetch);
  const param = { person: params.person };
  const person = await readOrFail(v1.people[':person'].$get({ param }));
  if (person.mergedInto !== undefined) redirect(303, `/community/people/${person.mergedInto}?done=merged`);
  const other = url.searchParams.get('other');
  if (isId(other)) {
    const [keep, drop] = url.searchParams.get('keep') === other ? [other, person.id] : [person.id, other];
    const asked = v1.people[':person'].comparison[':other'];
    const response = await asked.$get({ param: { person: keep, other: drop } });
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const compared = response.ok
      ? { comparison: await response.json(), refused: null }
      : { comparison: null, refused: await readProblem(response, locals.locale, busy) };
    return {
      person,
      other,
      keep,
      ...compared,
      namesakes: [],
      estates: [],
      estate: null,
      find: '',
      found: null,
    };
  }
  const find = (url.searchParams.get('find') ?? '').trim().slice(0, 60);
  const [{ items: namesakes }, estates] = await Promise.all([
    readOrFail(v1.people[':person'].namesakes.$get({ param })),
    estatesOf(fetch, ['staff', 'operator']),
  ]);
  const estate = chosenEstate(estates, url) ?? null;
  const found =
    find === '' || estate === null
      ? null
      : await readOrFail(
          v1.estates[':estate'].residents.$get({ param: { estate: estate.id }, query: { find } }),
        );
  const others = found && found.items.filter((one) => one.person !== person.id);
  return {
    ...{ person, other: null, keep: person.id, comparison: null, refused: null },
    ...{ namesakes, estates, estate, find, found: others },
  };
};

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const reason = textOf(form, 'reason');
    if (reason === '' || reason.length > 200)
      return fail(422, { reason, error: m.merge_why_missing(), problem: null });
    const response = await api(fetch).v1.people[':person'].merges.$post({
      param: { person: textOf(form, 'keeper') },
      json: { duplicate: textOf(form, 'duplicate'), reason, seen: textOf(form, 'seen') },
    });
    if (response.ok) redirect(303, `/community/merges/${(await response.json()).id}?done=asked`);
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    return fail(response.status, {
      ...{ reason, error: null },
      problem: await readProblem(response, locals.locale, busy),
    });
  },
};

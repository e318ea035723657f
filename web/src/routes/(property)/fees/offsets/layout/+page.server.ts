import { fail, type RequestEvent } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { inputOf, layoutOf, readLayoutForm, type Layout } from '$lib/fees/layout-form.ts';
import { usualHeaders } from '$lib/fees/layout-words.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { chosenEstate, estatesOf } from '$lib/places/estates.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const estates = await estatesOf(fetch, groups.property);
  const estate = chosenEstate(estates, url) ?? null;
  if (estate === null) return { estates, estate, found: null, versions: [], next: null };
  const of = api(fetch).v1.estates[':estate'];
  const param = { estate: estate.id };
  const cursor = url.searchParams.get('cursor');
  const [found, { items: versions, next = null }] = await Promise.all([
    readOrFail(of['export-layout'].$get({ param })),
    readOrFail(
      of['export-layouts'].$get({ param, query: { limit: '10', ...(cursor === null ? {} : { cursor }) } }),
    ),
  ]);
  return { estates, estate, found: { ...found, input: inputOf(found.layout) }, versions, next };
};

/** What was typed, and the layout that it means; refused where it means none. */
async function typed(event: RequestEvent) {
  const form = await event.request.formData();
  const input = readLayoutForm((name) => textOf(form, name));
  const layout = layoutOf(input, usualHeaders);
  return { form, input, layout, estate: textOf(form, 'estate') };
}

const wrong = { saved: null, preview: null, problem: null };

async function refused({ locals }: RequestEvent, response: Response, input: ReturnType<typeof inputOf>) {
  const problem = await readProblem(response, locals.locale, {
    title: m.error_busy_title(),
    advice: m.error_busy_advice(),
  });
  const said = Object.entries(problem.fields).find(([field]) => field.includes('columns'))?.[1];
  const error = said ?? null;
  return fail(response.status, { ...wrong, input, error, problem: error === null ? problem : null });
}

export const actions: Actions = {
  preview: async (event) => {
    const { input, layout, estate } = await typed(event);
    if (!layout) return fail(422, { ...wrong, input, error: m.exchange_order_wrong() });
    const response = await api(event.fetch).v1.estates[':estate']['export-layout'].preview.$post({
      param: { estate },
      json: layout,
    });
    if (!response.ok) return refused(event, response, input);
    return { ...wrong, input, error: null, preview: await response.json() };
  },
  save: async (event) => {
    const { form, input, layout, estate } = await typed(event);
    if (!layout) return fail(422, { ...wrong, input, error: m.exchange_order_wrong() });
    const json: { layout: Layout; after: number } = { layout, after: Number(textOf(form, 'after')) };
    const response = await api(event.fetch).v1.estates[':estate']['export-layouts'].$post({
      param: { estate },
      json,
    });
    if (!response.ok) return refused(event, response, input);
    return { ...wrong, input: null, error: null, saved: await response.json() };
  },
};

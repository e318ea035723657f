import { error, fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { chosenCommunity, communitiesOf } from '$lib/setup/communities.server.ts';
import type { Actions, PageServerLoad } from './$types';

const KINDS = ['estate', 'firm', 'merchant'] as const;

/** An estate's id and the firm that serves it today; null where nobody has said which. */
async function firmOf(fetch: typeof globalThis.fetch, estate: string): Promise<[string, string | null]> {
  const query = { limit: '1' };
  const { now } = await readOrFail(api(fetch).v1.estates[':estate'].firms.$get({ param: { estate }, query }));
  return [estate, now?.name ?? null];
}

export const load: PageServerLoad = async ({ fetch, url }) => {
  const community = chosenCommunity(await communitiesOf(fetch), url);
  if (community === undefined) redirect(303, '/setup/place');
  const param = { place: community.id };
  const lists = await Promise.all(
    KINDS.map(async (kind) => {
      const query = {
        kind,
        limit: '100',
        ...(url.searchParams.get('list') === kind && { cursor: url.searchParams.get('cursor') ?? undefined }),
      };
      const page = await readOrFail(api(fetch).v1.places[':place'].children.$get({ param, query }));
      return { kind, places: page.items, next: page.next ?? null };
    }),
  );
  const told = url.searchParams.get('added');
  const added = lists.flatMap(({ places }) => places).find(({ name }) => name === told)?.name ?? null;
  const estates = lists.find(({ kind }) => kind === 'estate')?.places ?? [];
  const near = await readOrFail(api(fetch).v1.places[':place']['firms-near'].$get({ param }));
  // With one firm there is nothing to say.
  const isOne = near.choices.length < 2;
  const serving = isOne
    ? {}
    : Object.fromEntries(await Promise.all(estates.map(({ id }) => firmOf(fetch, id))));
  return { community, lists, added, firms: isOne ? [] : near.choices, only: near.only?.id ?? '', serving };
};

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const [community, name] = [textOf(form, 'community'), textOf(form, 'name')];
    const kind = KINDS.find((known) => known === textOf(form, 'kind'));
    if (kind === undefined) error(400, m.error_address_title());
    const firm = kind === 'estate' ? textOf(form, 'firm') : '';
    const tried = { kind, name, firm };
    if (name === '' || name.length > 60)
      return fail(422, {
        ...tried,
        ...{ wrong: m.setup_places_name_missing(), wrongFirm: undefined, problem: null },
      });
    const response = await api(fetch).v1.places[':place'].children.$post({
      param: { place: community },
      json: { kind, name, ...(firm !== '' && { firm }) },
    });
    if (response.ok) redirect(303, `/setup/places?${new URLSearchParams({ community, added: name })}`);
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    const { name: wrong, firm: wrongFirm } = problem.fields;
    return fail(response.status, { ...tried, wrong, wrongFirm, problem });
  },
};

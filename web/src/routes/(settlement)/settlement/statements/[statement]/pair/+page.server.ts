import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { chosenIn, startOf, type OpenRow } from '$lib/settlement/pairing.ts';
import type { Actions, PageServerLoad } from './$types';

/** Of these rows those that are in no pair. */
async function rowsOf(fetch: typeof globalThis.fetch, statement: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const of = api(fetch).v1['funder-statements'][':funderStatement'].differences;
  const query = { ids: ids.join(',') };
  return (await readOrFail(of.$get({ param: { funderStatement: statement }, query }))).items;
}

export const load: PageServerLoad = async ({ fetch, params, url, parent }) => {
  const { me } = await parent();
  const of = api(fetch).v1['funder-statements'][':funderStatement'];
  const param = { funderStatement: params.statement };
  const from = (cursor: string | null) => ({ limit: '50', ...(cursor === null ? {} : { cursor }) });
  const open = (side: 'theirs' | 'ours') => {
    const query = { ...from(startOf(url.searchParams, side)), side };
    return readOrFail(of.differences.$get({ param, query }));
  };
  const chosen = chosenIn(url.searchParams);
  const [statement, theirs, ours, pairs, rows] = await Promise.all([
    readOrFail(of.$get({ param })),
    open('theirs'),
    open('ours'),
    readOrFail(of.pairings.$get({ param, query: from(url.searchParams.get('pairs')) })),
    rowsOf(fetch, params.statement, [chosen.theirs, ...chosen.ours].filter(Boolean)),
  ]);
  return { me, statement, theirs, ours, pairs, chosen: { ...chosen, rows } };
};

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });
type Answer = {
  done: 'paired' | 'split' | null;
  /** The pair that was made just now. */
  made: string | null;
  problem: Problem | null;
  /** What was chosen, kept where it was refused, and again where a pair of it was taken back. */
  theirs: string;
  ours: string[];
  rows: OpenRow[];
  reason: string;
  /** What is wrong with the choice, and why a reason is asked. */
  wrong: string | null;
  error: string | null;
};
const untouched: Answer = {
  ...{ done: null, made: null, problem: null, theirs: '', ours: [], rows: [], reason: '' },
  ...{ wrong: null, error: null },
};

function chosenOf(form: FormData) {
  const ours = form.getAll('ours').flatMap((one) => (typeof one === 'string' ? [one] : []));
  return { theirs: textOf(form, 'theirs'), ours, reason: textOf(form, 'reason').slice(0, 300) };
}

/** Of what was sent those that may be asked for: what else a form was made to send is refused in words before. */
function keptOf(fetch: typeof globalThis.fetch, statement: string, sent: { theirs: string; ours: string[] }) {
  const query = [['theirs', sent.theirs], ...sent.ours.map((id) => ['ours', id])];
  const { theirs, ours } = chosenIn(new URLSearchParams(query));
  return rowsOf(fetch, statement, [theirs, ...ours].filter(Boolean));
}

export const actions: Actions = {
  pair: async ({ request, fetch, locals, params }) => {
    const chosen = chosenOf(await request.formData());
    const { theirs, ours, reason } = chosen;
    const tried = { ...untouched, ...chosen };
    if (theirs === '' || ours.length === 0) {
      const rows = await keptOf(fetch, params.statement, chosen);
      return fail(422, { ...tried, rows, wrong: m.settle_pair_choose() });
    }
    const response = await api(fetch).v1['funder-statements'][':funderStatement'].pairings.$post({
      param: { funderStatement: params.statement },
      json: { theirs, ours, reason },
    });
    // What was chosen goes along, so that it is chosen again where the pair is taken back.
    if (response.ok) return { ...tried, done: 'paired' as const, made: (await response.json()).id };
    const problem = await readProblem(response, locals.locale, busy());
    const error = problem.fields['reason'] ?? null;
    const wrong = problem.fields['theirs'] ?? problem.fields['ours'] ?? null;
    const isTold = error !== null || wrong !== null;
    // The address the form is sent to no longer names what was chosen, and it may be on another page.
    const rows = await keptOf(fetch, params.statement, chosen);
    return fail(response.status, { ...tried, rows, error, wrong, problem: isTold ? null : problem });
  },

  split: async ({ request, fetch, locals, params }) => {
    const form = await request.formData();
    const response = await api(fetch).v1['fund-pairings'][':fundPairing'].split.$post({
      param: { fundPairing: textOf(form, 'pairing') },
    });
    if (!response.ok) {
      const problem = await readProblem(response, locals.locale, busy());
      return fail(response.status, { ...untouched, problem });
    }
    const chosen = chosenOf(form);
    const ids = [chosen.theirs, ...chosen.ours].filter(Boolean);
    const rows = await rowsOf(fetch, params.statement, ids);
    return { ...untouched, ...chosen, rows, done: 'split' as const };
  },
};

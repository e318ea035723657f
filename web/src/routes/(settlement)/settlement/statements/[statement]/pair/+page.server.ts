import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url, parent }) => {
  const { me } = await parent();
  const of = api(fetch).v1['funder-statements'][':funderStatement'];
  const param = { funderStatement: params.statement };
  const from = (name: string) => {
    const cursor = url.searchParams.get(name);
    return { limit: '50', ...(cursor === null ? {} : { cursor }) };
  };
  const open = (side: 'theirs' | 'ours') =>
    readOrFail(of.differences.$get({ param, query: { ...from(side), side } }));
  const [statement, theirs, ours, pairs] = await Promise.all([
    readOrFail(of.$get({ param })),
    open('theirs'),
    open('ours'),
    readOrFail(of.pairings.$get({ param, query: from('pairs') })),
  ]);
  return { me, statement, theirs, ours, pairs };
};

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });
type Answer = {
  done: 'paired' | 'split' | null;
  problem: Problem | null;
  /** What was chosen, kept where it was refused. */
  theirs: string;
  ours: string[];
  reason: string;
  /** What is wrong with the choice, and why a reason is asked. */
  wrong: string | null;
  error: string | null;
};
const untouched: Answer = {
  ...{ done: null, problem: null, theirs: '', ours: [], reason: '', wrong: null, error: null },
};

export const actions: Actions = {
  pair: async ({ request, fetch, locals, params }) => {
    const form = await request.formData();
    const theirs = textOf(form, 'theirs');
    const ours = form.getAll('ours').flatMap((one) => (typeof one === 'string' ? [one] : []));
    const reason = textOf(form, 'reason').slice(0, 300);
    const tried = { ...untouched, theirs, ours, reason };
    if (theirs === '' || ours.length === 0) return fail(422, { ...tried, wrong: m.settle_pair_choose() });
    const response = await api(fetch).v1['funder-statements'][':funderStatement'].pairings.$post({
      param: { funderStatement: params.statement },
      json: { theirs, ours, reason },
    });
    if (response.ok) return { ...untouched, done: 'paired' as const };
    const problem = await readProblem(response, locals.locale, busy());
    const error = problem.fields['reason'] ?? null;
    const wrong = problem.fields['theirs'] ?? problem.fields['ours'] ?? null;
    const isTold = error !== null || wrong !== null;
    return fail(response.status, { ...tried, error, wrong, problem: isTold ? null : problem });
  },

  split: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const response = await api(fetch).v1['fund-pairings'][':fundPairing'].split.$post({
      param: { fundPairing: textOf(form, 'pairing') },
    });
    if (response.ok) return { ...untouched, done: 'split' as const };
    return fail(response.status, {
      ...untouched,
      problem: await readProblem(response, locals.locale, busy()),
    });
  },
};

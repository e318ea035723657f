import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { FundPair } from '$lib/settlement/pairing.ts';
import { typedIn } from '$lib/settlement/typed.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, parent }) => {
  const { me } = await parent();
  const { fund, month } = params;
  const found = await readOrFail(
    api(fetch).v1.funds[':fund'].months[':month'].$get({ param: { fund, month } }),
  );
  return { me, month: found };
};

const busy = () => ({ title: m.error_busy_title(), advice: m.error_busy_advice() });
type Answer = {
  /** Which side was to agree. */
  side: string;
  reason: string;
  done: 'agreed' | 'typed' | null;
  problem: Problem | null;
  error: string | null;
  /** What was paired or split in `statement` since whoever wanted to agree looked, and how many more than are listed. */
  news: FundPair[];
  newsMore: number;
  statement: string;
  remark: string;
  /** What was typed, and what is wrong with it. */
  typed: Record<string, string> | null;
  wrong: string | null;
  /** What cannot be taken back was not said to be known. */
  unsure: boolean;
};
const untouched: Answer = {
  side: '',
  reason: '',
  done: null,
  problem: null,
  error: null,
  news: [],
  newsMore: 0,
  statement: '',
  remark: '',
  typed: null,
  wrong: null,
  unsure: false,
};

/** Pages of a hundred that are counted behind the first. */
const COUNTED = 20;

/** What was paired or split in a statement since then, oldest first: the first hundred, and how many came after them. */
async function newsSince(fetch: typeof globalThis.fetch, funderStatement: string, since: string) {
  const { pairings } = api(fetch).v1['funder-statements'][':funderStatement'];
  const read = (cursor?: string) => {
    const from = { ...(since !== '' && { since }), ...(cursor !== undefined && { cursor }) };
    return readOrFail(pairings.$get({ param: { funderStatement }, query: { limit: '100', ...from } }));
  };
  const first = await read();
  let [newsMore, { next }] = [0, first];
  for (let nth = 0; nth < COUNTED && next !== undefined; nth += 1) {
    const further = await read(next);
    newsMore += further.items.length;
    next = further.next;
  }
  return { news: first.items, newsMore };
}

export const actions: Actions = {
  agree: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const [statement, side, remark] = [
      textOf(form, 'statement'),
      textOf(form, 'side'),
      textOf(form, 'remark'),
    ];
    if (textOf(form, 'sure') === '')
      return fail(422, { ...untouched, statement, side, remark, unsure: true });
    const of = api(fetch).v1['funder-statements'][':funderStatement'];
    const param = { funderStatement: statement };
    const seen = { pairs: Number(textOf(form, 'pairs')), splits: Number(textOf(form, 'splits')) };
    const response = await of.agreements.$post({
      param,
      json: { side: side === 'funder' ? 'funder' : 'staff', remark: remark.slice(0, 300), seen },
    });
    if (response.ok) return { ...untouched, done: 'agreed' as const };
    const problem = await readProblem(response, locals.locale, busy());
    const error = problem.fields['remark'] ?? null;
    const since = textOf(form, 'lastAt');
    const isChanged = problem.code === 'changed-meanwhile';
    const news = isChanged ? await newsSince(fetch, statement, since) : {};
    return fail(response.status, {
      ...{ ...untouched, statement, side, remark, error, ...news },
      problem: error === null ? problem : null,
    });
  },

  type: async ({ request, fetch, locals, params }) => {
    const form = await request.formData();
    const typed = typedIn(form);
    const reason = textOf(form, 'reason').slice(0, 300);
    const kept = Object.fromEntries(
      [...form].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
    );
    if (typeof typed === 'string') return fail(422, { ...untouched, reason, typed: kept, wrong: typed });
    const response = await api(fetch).v1.funds[':fund'].months[':month']['typed-statements'].$post({
      param: { fund: params.fund, month: params.month },
      json: { rows: typed, reason },
    });
    if (response.ok) return { ...untouched, done: 'typed' as const };
    const problem = await readProblem(response, locals.locale, busy());
    const wrong = problem.fields['reason'] ?? null;
    return fail(response.status, {
      ...{ ...untouched, reason, typed: kept, wrong },
      problem: wrong === null ? problem : null,
    });
  },
};

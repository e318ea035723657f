import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { actsAt } from '$lib/programme/payers.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whoever looks for an older one than these opens that one and compares from there. */
const most = '100';

export const load: PageServerLoad = async ({ fetch, params, url, locals }) => {
  const { v1 } = api(fetch);
  const param = { ruleVersion: params.version };
  const before = url.searchParams.get('before') || null;
  const version = await readOrFail(v1['rule-versions'][':ruleVersion'].$get({ param }));
  const { place, kind } = version;
  const [compared, { items }] = await Promise.all([
    before === null
      ? readOrFail(v1['rule-versions'][':ruleVersion'].differences.$get({ param }))
      : readOrFail(
          v1['rule-versions'][':ruleVersion'].differences[':earlier'].$get({
            param: { ...param, earlier: before },
          }),
        ),
    readOrFail(v1.places[':place']['rule-versions'].$get({ param: { place }, query: { kind, limit: most } })),
  ]);
  const others = items.filter(({ id }) => id !== version.id);
  const mayPublish = await actsAt(fetch, locals.me, place);
  return { version, compared, others, mayPublish };
};

export const actions: Actions = {
  withdraw: async ({ request, fetch, params, locals }) => {
    const reason = textOf(await request.formData(), 'reason');
    if (reason === '' || reason.length > 200)
      return fail(422, { reason, error: m.rules_withdraw_reason_missing(), problem: null, done: false });
    const response = await api(fetch).v1['rule-versions'][':ruleVersion'].withdrawal.$post({
      param: { ruleVersion: params.version },
      json: { reason },
    });
    if (response.ok) return { reason: '', error: undefined, problem: null, done: true };
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    return fail(response.status, { reason, error: problem.fields['reason'], problem, done: false });
  },
};

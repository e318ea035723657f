import { fail, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import { chosenCommunity, communitiesOf } from '$lib/setup/communities.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const community = chosenCommunity(await communitiesOf(fetch), url);
  if (community === undefined) redirect(303, '/setup/place');
  const param = { community: community.id };
  const { steps } = await readOrFail(api(fetch).v1.communities[':community'].checklist.$get({ param }));
  return { community, isApplied: steps.some(({ step, count }) => step === 'programme' && count > 0) };
};

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    const [community, reason] = [textOf(form, 'community'), textOf(form, 'reason')];
    if (reason === '' || reason.length > 200) {
      return fail(422, {
        ...{ reason, error: m.setup_programme_reason_missing(), problem: null, applied: null },
      });
    }
    const response = await api(fetch).v1.communities[':community'].template.$post({
      param: { community },
      json: { reason },
    });
    if (response.ok) return { reason: '', error: undefined, problem: null, applied: await response.json() };
    const busy = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    const problem = await readProblem(response, locals.locale, busy);
    return fail(response.status, { reason, error: problem.fields['reason'], problem, applied: null });
  },
};

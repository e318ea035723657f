import { fail, redirect } from '@sveltejs/kit';
import { busy, residentAtDesk } from '$lib/acting/desk.server.ts';
import { inPersonOf, vouchedFor } from '$lib/acting/in-person.ts';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { keyAfter, newKey } from '$lib/idempotency.ts';
import { chooseValue, familyWhoCouldPay } from '$lib/member/choose-value.server.ts';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { fetch, params, url, locals } = event;
  const { estate, desk, param, resident } = await residentAtDesk(event);
  const of = { ...param, bill: params.bill };
  // The family's points only where the resident says so: they are not there to see it.
  const whose = url.searchParams.get('whose') === 'household' ? ('household' as const) : ('own' as const);
  const quote = desk.bills[':bill']['offset-quote'];
  const [bill, chosen] = await Promise.all([
    readOrFail(api(fetch).v1.bills[':bill'].$get({ param: { bill: params.bill } })),
    chooseValue(
      (value) => quote.$get({ param: of, query: { whose, ...(value !== undefined && { value }) } }),
      {
        url,
        locale: locals.locale,
      },
    ),
  ]);
  const shown = { estate, resident, bill, whose, key: newKey() };
  const { problem } = chosen;
  if (problem === null) return { ...shown, chosen, problem, voucher: null, family: undefined };
  const [voucher, family] = await Promise.all([
    voucherOf(problem.code),
    familyWhoCouldPay(() => quote.$get({ param: of, query: { whose: 'household' } }), { problem, whose }),
  ]);
  return { ...shown, chosen: null, problem, voucher, family };

  /** What stands against the bill already: none if somebody else of the household made it. */
  async function voucherOf(code: string) {
    if (code !== 'already-done') return null;
    const { items } = await readOrFail(desk.offsets.$get({ param, query: { limit: '100' } }));
    const live = items.find((one) => one.bill === bill.id && !['cancelled', 'returned'].includes(one.state));
    return live ? { id: live.id, number: live.number } : null;
  }
};

export const actions: Actions = {
  confirm: async ({ request, fetch, params, url, locals }) => {
    const form = await request.formData();
    const [key, value, points] = [textOf(form, 'key'), textOf(form, 'value'), textOf(form, 'points')];
    const seen = textOf(form, 'seen');
    const said = inPersonOf(form);
    const vouched = vouchedFor(said);
    if (!vouched) return fail(400, { said, problem: null, key });
    const estate = url.searchParams.get('estate') ?? '';
    const answer = await api(fetch).v1.estates[':estate'].residents[':resident'].bills[':bill'].offsets.$post(
      { param: { estate, ...params }, json: { value, points, ...(seen !== '' && { seen }), ...vouched } },
      { headers: { 'Idempotency-Key': key } },
    );
    if (answer.ok) {
      const { id } = await answer.json();
      redirect(303, `/community/residents/${params.resident}/bills/offsets/${id}?estate=${estate}&done`);
    }
    const problem = await readProblem(answer, locals.locale, busy());
    return fail(problem.status, { said, problem, key: keyAfter(key, problem) });
  },
};

import { residentAtDesk } from '$lib/acting/desk.server.ts';
import { inPersonOf, vouchedFor } from '$lib/acting/in-person.ts';
import { api } from '$lib/api.ts';
import { sendWords } from '$lib/inquiries/send-words.server.ts';
import { m } from '$lib/paraglide/messages.js';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { transaction } = event.params;
  const { estate, desk, param, resident } = await residentAtDesk(event);
  const [why, asked] = await Promise.all([
    readOrFail(desk.transactions[':transaction'].why.$get({ param: { ...param, transaction } })),
    readOrFail(desk.inquiries.$get({ param, query: { transaction, limit: '5' } })),
  ]);
  return { estate, resident, why, inquiries: asked.items.toReversed() };
};

export const actions: Actions = {
  ask: async ({ request, fetch, params, url, locals }) => {
    const form = await request.formData();
    const said = inPersonOf(form);
    const vouched = vouchedFor(said);
    const estate = url.searchParams.get('estate') ?? '';
    const desk = api(fetch).v1.estates[':estate'].residents[':resident'];
    return sendWords(form, locals.locale, {
      done: 'asked',
      missing: m.inquiries_desk_question_missing(),
      said,
      send: ({ text }) =>
        vouched &&
        desk.transactions[':transaction'].inquiries.$post({
          param: { estate, ...params },
          json: { text, ...vouched },
        }),
    });
  },
};

import { api } from '$lib/api.ts';
import { sendWords } from '$lib/inquiries/send-words.server.ts';
import { m } from '$lib/paraglide/messages.js';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params: { transaction } }) => {
  const { v1 } = api(fetch);
  const [why, asked] = await Promise.all([
    readOrFail(v1.transactions[':transaction'].why.$get({ param: { transaction } })),
    readOrFail(v1.me.inquiries.$get({ query: { transaction, limit: '5' } })),
  ]);
  return { why, inquiries: asked.items.toReversed() };
};

export const actions: Actions = {
  ask: async ({ request, fetch, params: { transaction }, locals }) =>
    sendWords(await request.formData(), locals.locale, {
      done: 'asked',
      missing: m.inquiries_question_missing(),
      send: ({ text }) =>
        api(fetch).v1.transactions[':transaction'].inquiries.$post({
          param: { transaction },
          json: { text },
        }),
    }),

  reopen: async ({ request, fetch, locals }) =>
    sendWords(await request.formData(), locals.locale, {
      done: 'asked-on',
      missing: m.inquiries_question_missing(),
      send: ({ inquiry, version, text }) =>
        api(fetch).v1.inquiries[':inquiry'].reopening.$post({ param: { inquiry }, json: { version, text } }),
    }),

  close: async ({ request, fetch, locals }) => {
    const form = await request.formData();
    return sendWords(form, locals.locale, {
      done: form.has('back') ? 'withdrawn' : 'closed',
      send: ({ inquiry, version }) =>
        api(fetch).v1.inquiries[':inquiry'].closing.$post({ param: { inquiry }, json: { version } }),
    });
  },
};

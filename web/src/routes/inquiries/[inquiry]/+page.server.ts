import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { sendWords } from '$lib/inquiries/send-words.server.ts';
import { m } from '$lib/paraglide/messages.js';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, locals: { me }, url }) => {
  if (me === null) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { v1 } = api(fetch);
  const inquiry = await readOrFail(v1.inquiries[':inquiry'].$get({ param: { inquiry: params.inquiry } }));
  // The steps are the community's and the accountant's to see; a shop knows its own sale.
  const why = await v1.transactions[':transaction'].why.$get({
    param: { transaction: inquiry.about.transaction },
  });
  return { me, inquiry, steps: why.ok ? (await why.json()).steps : [] };
};

export const actions: Actions = {
  answer: async ({ request, fetch, locals }) =>
    sendWords(await request.formData(), locals.locale, {
      done: 'answered',
      missing: m.inquiries_answer_missing(),
      send: ({ inquiry, version, text }) =>
        api(fetch).v1.inquiries[':inquiry'].answer.$post({ param: { inquiry }, json: { version, text } }),
    }),

  close: async ({ request, fetch, locals }) =>
    sendWords(await request.formData(), locals.locale, {
      done: 'closed',
      send: ({ inquiry, version }) =>
        api(fetch).v1.inquiries[':inquiry'].closing.$post({ param: { inquiry }, json: { version } }),
    }),
};

import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { booksOf } from '$lib/audit/books.server.ts';
import { sinceVerified } from '$lib/audit/since.server.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, depends }) => {
  depends('audit:verifications');
  const { books, book } = await booksOf(fetch, url);
  if (book === null) return { books, book, latest: null, earlier: [], next: null, since: null };
  const param = { book: String(book.book) };
  const runs = api(fetch).v1.books[':book'].verifications;
  const list = (query: { cursor?: string; limit?: string }) => readOrFail(runs.$get({ param, query }));
  const cursor = url.searchParams.get('cursor');
  const page = await list(cursor === null ? {} : { cursor });
  const [newest] = cursor === null ? page.items : (await list({ limit: '1' })).items;
  const latest = newest
    ? await readOrFail(runs[':verification'].$get({ param: { ...param, verification: newest.id } }))
    : null;
  const earlier = page.items.filter(({ id }) => id !== newest?.id);
  // The one that got to its end says up to where the book was looked at, whatever became of those after it.
  const ended = [...(newest ? [newest] : []), ...page.items].find(({ root }) => root !== undefined);
  const since = cursor === null ? await sinceVerified(fetch, { book, run: ended }) : null;
  return { books, book, latest, earlier, next: page.next ?? null, since };
};

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    const book = textOf(await request.formData(), 'book');
    const response = await api(fetch).v1.books[':book'].verifications.$post({ param: { book } });
    if (response.ok) return { problem: null };
    const unknown = { title: m.error_busy_title(), advice: m.error_busy_advice() };
    return fail(response.status, { problem: await readProblem(response, locals.locale, unknown) });
  },
};

import { fail } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { booksOf } from '$lib/audit/books.server.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem } from '$lib/problem.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, depends }) => {
  depends('audit:verifications');
  const { books, book } = await booksOf(fetch, url);
  if (book === null) return { books, book, verifications: [], latest: null };
  const param = { book: String(book.book) };
  const { items } = await readOrFail(api(fetch).v1.books[':book'].verifications.$get({ param }));
  return { books, book, verifications: items, latest: items[0] ?? null };
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

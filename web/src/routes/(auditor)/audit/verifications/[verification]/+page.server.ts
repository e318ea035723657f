import { error } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { booksOf } from '$lib/audit/books.server.ts';
import { m } from '$lib/paraglide/messages.js';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, params, depends }) => {
  depends('audit:verifications');
  const { book } = await booksOf(fetch, url);
  if (book === null) error(404, m.error_missing_title());
  const param = { book: String(book.book), verification: params.verification };
  const run = await readOrFail(api(fetch).v1.books[':book'].verifications[':verification'].$get({ param }));
  return { book, run };
};

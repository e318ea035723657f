import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { booksOf } from '$lib/audit/books.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { transactionId } from '$lib/transaction-number.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { books, book } = await booksOf(fetch, url);
  if (book === null) return { books, book, transactions: [], next: null, wanted: '', isWrong: false };

  const wanted = (url.searchParams.get('number') ?? '').trim();
  const isNumber = /^[1-9]\d{0,11}$/.test(wanted);
  if (isNumber) redirect(303, `/audit/transactions/${transactionId(book.book, wanted)}`);

  const cursor = url.searchParams.get('cursor');
  const { items, next } = await readOrFail(
    api(fetch).v1.books[':book'].transactions.$get({
      param: { book: String(book.book) },
      query: cursor === null ? {} : { cursor },
    }),
  );
  return { books, book, transactions: items, next: next ?? null, wanted, isWrong: wanted !== '' };
};

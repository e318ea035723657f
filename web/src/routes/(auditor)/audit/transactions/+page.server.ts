import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { booksOf } from '$lib/audit/books.server.ts';
import { wantedNumber } from '$lib/audit/wanted-number.ts';
import { m } from '$lib/paraglide/messages.js';
import { readOrFail } from '$lib/read.server.ts';
import { wordOf } from '$lib/word-of.server.ts';
import { transactionId } from '$lib/transaction-number.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { books, book } = await booksOf(fetch, url);
  if (book === null)
    return { books, book, transactions: [], next: null, wanted: '', fault: null, only: null };

  const list = (query: { cursor?: string; limit?: string; late?: 'yes'; refunds?: 'yes' }) =>
    readOrFail(api(fetch).v1.books[':book'].transactions.$get({ param: { book: String(book.book) }, query }));
  /** Opens what was asked for, or says beside the field why not. */
  const open = async (typed: string): Promise<string | null> => {
    const wanted = wantedNumber(typed);
    if (wanted === 'none') return null;
    if (wanted === 'wrong') return m.audit_number_wrong();
    const newest = (await list({ limit: '1' })).items[0]?.seq ?? 0;
    const first = BigInt(transactionId(book.book, '0'));
    const number = 'id' in wanted ? BigInt(wanted.id) - first : BigInt(wanted.number);
    if (number < 1n || number >= 1n << 40n) return m.audit_number_other();
    if (number > BigInt(newest)) return m.audit_number_beyond({ newest });
    redirect(303, `/audit/transactions/${first + number}`);
  };

  const wanted = url.searchParams.get('number') ?? '';
  const fault = await open(wanted);
  const cursor = url.searchParams.get('cursor');
  const only = wordOf(url, 'only', ['late', 'refunds']) ?? null;
  const { items, next } = await list({
    ...(cursor === null ? {} : { cursor }),
    ...(only === null ? {} : { [only]: 'yes' as const }),
  });
  return { books, book, transactions: items, next: next ?? null, wanted, fault, only };
};

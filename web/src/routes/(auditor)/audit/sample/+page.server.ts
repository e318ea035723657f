import { api } from '$lib/api.ts';
import { booksOf } from '$lib/audit/books.server.ts';
import { monthsAround } from '$lib/fees/months.ts';
import { m } from '$lib/paraglide/messages.js';
import { readOrFail } from '$lib/read.server.ts';
import { plainNumber } from '$lib/yuan.ts';
import type { PageServerLoad } from './$types';

const monthsBack = 36;

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { books, book } = await booksOf(fetch, url);
  // The month that goes on would be another one tomorrow.
  const months = monthsAround(Date.now(), { ahead: -1, back: monthsBack });
  const isAsked = url.searchParams.has('seed');
  const seed = (url.searchParams.get('seed') ?? '').trim();
  const size = plainNumber(url.searchParams.get('size') ?? '25');
  const month = months.find((one) => one === url.searchParams.get('month')) ?? months[0] ?? '';
  const errors = {
    ...(isAsked && (seed === '' || seed.length > 40) ? { seed: m.audit_sample_seed_missing() } : {}),
    ...(/^(?:[1-9]\d?|1\d\d|200)$/.test(size) ? {} : { size: m.audit_sample_size_wrong() }),
  };
  const base = { books, book, months, seed, size, month, errors };
  if (book === null || !isAsked || Object.keys(errors).length > 0) return { ...base, sample: null };
  const param = { book: String(book.book) };
  const sample = await readOrFail(
    api(fetch).v1.books[':book'].sample.$get({ param, query: { month, seed, size } }),
  );
  return { ...base, sample };
};

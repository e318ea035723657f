import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';

export type Book = { book: number; name: string; place: string };

/** The books that an auditor may read, and the one that the address names, or else the first. */
export async function booksOf(
  fetch: typeof globalThis.fetch,
  url: URL,
): Promise<{ books: Book[]; book: Book | null }> {
  const { items } = await readOrFail(api(fetch).v1.books.$get());
  const wanted = url.searchParams.get('book');
  return { books: items, book: items.find(({ book }) => String(book) === wanted) ?? items[0] ?? null };
}

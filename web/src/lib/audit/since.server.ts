import { api } from '$lib/api.ts';
import { estatesOf } from '$lib/places/estates.server.ts';
import { readOrFail } from '$lib/read.server.ts';
import { groups } from '$lib/session.ts';
import type { Run } from './run.ts';

/** A number, and whether there are more than it says. */
type Counted = { count: number; more: boolean };
type Month = { place: string; month: string; transaction: string };

/** What has happened to a book since it was last verified to its end; since its beginning where it never was. */
export type Since = {
  verified: boolean;
  from: number;
  to: number;
  late: Counted;
  refunds: Counted;
  unmasked: Counted;
  closed: { months: Month[]; more: boolean };
  reopened: { months: Month[]; more: boolean };
};

const most = 100;

export async function sinceVerified(
  fetch: typeof globalThis.fetch,
  {
    book,
    run,
  }: { book: { book: number; place: string }; run: Pick<Run, 'transactions' | 'startedAt'> | undefined },
): Promise<Since> {
  const of = api(fetch).v1.books[':book'];
  const param = { book: String(book.book) };
  const from = run?.transactions ?? 0;
  const limit = String(most);
  const [newest, late, refunds, closings, unmasked] = await Promise.all([
    readOrFail(of.transactions.$get({ param, query: { limit: '1' } })),
    readOrFail(of.transactions.$get({ param, query: { limit, late: 'yes' } })),
    readOrFail(of.transactions.$get({ param, query: { limit, refunds: 'yes' } })),
    readOrFail(of.closings.$get({ param, query: { limit, after: String(from) } })),
    unmaskedSince(fetch, { root: book.place, at: run === undefined ? 0 : Date.parse(run.startedAt) }),
  ]);
  const since = (page: { items: readonly { seq: number }[]; next?: string | undefined }): Counted => {
    const count = page.items.filter(({ seq }) => seq > from).length;
    return { count, more: page.next !== undefined && count === page.items.length };
  };
  const monthsOf = (deed: 'closed' | 'reopened') => ({
    more: closings.next !== undefined,
    months: closings.items
      .filter((one) => one.deed === deed)
      .map(({ place, month, transaction }) => ({ place: place.name, month, transaction })),
  });
  return {
    ...{ verified: run !== undefined, from, to: newest.items[0]?.seq ?? 0, unmasked },
    ...{ late: since(late), refunds: since(refunds) },
    closed: monthsOf('closed'),
    reopened: monthsOf('reopened'),
  };
}

/** At the root of the book and at its estates, where people's names are looked at. */
async function unmaskedSince(
  fetch: typeof globalThis.fetch,
  { root, at }: { root: string; at: number },
): Promise<Counted> {
  const places = [root, ...(await estatesOf(fetch, groups.auditor)).map(({ id }) => id)];
  const found = await Promise.all(
    [...new Set(places)].map(async (place) => {
      const query = { action: 'unmask' as const, limit: String(most) };
      const page = await readOrFail(
        api(fetch).v1.places[':place']['access-log'].$get({ param: { place }, query }),
      );
      const count = page.items.filter((entry) => Date.parse(entry.at) >= at).length;
      return { count, more: page.next !== undefined && count === page.items.length };
    }),
  );
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    more: found.some(({ more }) => more),
  };
}

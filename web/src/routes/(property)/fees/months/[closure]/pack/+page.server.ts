import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

/** What is printed of each list; the files have all. */
const MOST_PAGES = 10;

/** Every page of a list, up to what is printed; whether there is more. */
async function pages<Item>(
  read: (cursor: string | undefined) => Promise<{ items: Item[]; next?: string | undefined }>,
) {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await read(cursor);
    items.push(...found.items);
    cursor = found.next;
    if (cursor === undefined) return { items, isCut: false };
  }
  return { items, isCut: true };
}

export const load: PageServerLoad = async ({ fetch, params }) => {
  const { v1 } = api(fetch);
  const closure = v1.closures[':closure'];
  const param = { closure: params.closure };
  const statement = await readOrFail(closure.statement.$get({ param }));
  const first = await readOrFail(closure.voucher.$get({ param, query: {} }));
  const others = first.firms.filter(({ id }) => id !== first.firm.id);
  const vouchers = [
    first,
    ...(await Promise.all(
      others.map(({ id }) => readOrFail(closure.voucher.$get({ param, query: { firm: id } }))),
    )),
  ];
  const estate = { estate: statement.place.id };
  const of = v1.estates[':estate'];
  const { month } = statement;
  const listed = (state: 'posted' | 'exported' | 'held') =>
    pages(async (cursor) => {
      const query = { state, period: month, sort: 'oldest' as const, limit: '100' };
      return readOrFail(
        of.offsets.$get({ param: estate, query: { ...query, ...(cursor !== undefined && { cursor }) } }),
      );
    });
  const states = [await listed('posted'), await listed('exported'), await listed('held')];
  const breaks = await pages(async (cursor) => {
    const query = { state: 'open' as const, limit: '100', ...(cursor !== undefined && { cursor }) };
    return readOrFail(of.breaks.$get({ param: estate, query }));
  });
  return {
    closure: params.closure,
    // The lists below are as they stand now, beside papers that never change.
    asOf: Date.now(),
    ...{ statement, vouchers },
    offsets: { items: states.flatMap(({ items }) => items), isCut: states.some(({ isCut }) => isCut) },
    // Of this month and every one before, as its statement counts them; one that names no month may be any month's.
    breaks: {
      items: breaks.items.filter((one) => one.month <= month),
      isCut: breaks.isCut,
    },
  };
};

import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { sumOfYuan } from './chosen.ts';

type Statement = ReturnType<typeof api>['v1']['funder-statements'][':funderStatement'];
/** A row of one side, or of a pair. */
export type OpenRow = InferResponseType<Statement['differences']['$get'], 200>['items'][number];
export type FundPair = InferResponseType<Statement['pairings']['$get'], 200>['items'][number];
export type OpenKind = NonNullable<InferResponseType<Statement['$get'], 200>['open']>['kinds'][number];
type Row = Pick<OpenRow, 'kind' | 'field' | 'party' | 'ours' | 'theirs'>;
type Choice = { there: Row | undefined; here: readonly Row[] };

/** What is chosen, added up; undefined where a document and a month's balance are no one sum. */
export function sumsOf({ there, here }: Choice) {
  const fields = new Set([...(there ? [there] : []), ...here].map(({ field }) => field));
  if (fields.size > 1) return undefined;
  const [theirs, ours] = [there?.theirs ?? '0.00', sumOfYuan(here.map((row) => row.ours ?? '0.00'))];
  return { theirs, ours, difference: sumOfYuan([theirs], [ours]) };
}

/** Why a pair of what is chosen asks for a word, as the API asks for one; '' where it does not. */
export function askedWhy({ there, here }: Choice): string {
  const sums = sumsOf({ there, here });
  if (there === undefined || here.length === 0 || sums === undefined) return '';
  const parties = new Set(here.map((row) => row.party?.id));
  if (there.party) parties.add(there.party.id);
  const why = [
    ...(sums.difference === '0.00' ? [] : [m.settle_pair_odd_amount()]),
    ...(parties.size > 1 ? [m.settle_pair_odd_party()] : []),
    ...(there.kind === 'duplicate' ? [m.settle_pair_odd_duplicate()] : []),
    ...(there.kind === 'wrong-period' ? [m.settle_pair_odd_period()] : []),
  ];
  return why.join(m.settle_pair_odd_and());
}

/**
 * Whether rows of theirs without a number are a party's month, as those of ours beside them are: in a list of documents
 * each of ours has its number.
 */
export function isByMonth(rows: readonly (Pick<OpenRow, 'number'> & Row)[]): boolean {
  return rows.some(({ number, field, ours }) => number === '' && field === 'accepted' && ours !== undefined);
}

const ID = /^[0-9a-f-]{36}$/;
/** As many rows as a pair may have, and no more than the API gives at once. */
const MOST = 51;

/** What is chosen is in the address, so that it is still chosen on the next page, with and without scripts. */
export function chosenIn(query: URLSearchParams): { theirs: string; ours: string[] } {
  const [theirs = ''] = query.getAll('theirs').filter((id) => ID.test(id));
  const ours = query.getAll('ours').filter((id) => ID.test(id));
  return { theirs, ours: [...new Set(ours)].slice(0, MOST - 1) };
}

/** Where a side's rows begin. A button that turns the page says it behind what the page said before. */
export function startOf(query: URLSearchParams, side: 'theirs' | 'ours'): string | null {
  return query.getAll(`${side}From`).at(-1) || null;
}

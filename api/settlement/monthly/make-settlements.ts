/** 出结算单 for a place: of everybody whom it pays, or who pays it, as far as something is to be paid of the month. */
import type { ProductDeps } from '../../places/index.ts';
import { isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import type { Month } from '../../programme/index.ts';
import { isOver } from '../take-statement.ts';
import { makeSettlement } from './make-settlement.ts';
import { everyPair } from './open-pairs.ts';
import type { Pair } from './settlements.ts';
import { placeOfPayer, type Parties } from './speaks-for.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock' | 'journal'>;

/** Made in one go; where there are more, whoever asked asks again. */
export const MOST_MADE = 200;

export async function makeSettlements(
  deps: Deps,
  input: { parties: Parties; book: number; month: Month; actor: Actor; most?: number },
): Promise<{ made: number; more: boolean } | Problem> {
  const { parties, book, month, actor, most = MOST_MADE } = input;
  if (!isOver(month, deps.clock())) return problem('month-still-runs');
  let made = 0;
  for await (const { payer, payee } of allPairs(deps, { parties, book })) {
    const payerPlace = await placeOfPayer(deps, payer);
    if (payerPlace === undefined) continue;
    const done = await makeSettlement(deps, { payer, payee, payerPlace, book, month, actor });
    // One that was made already, also at this moment by somebody else, is no fault.
    if (isProblem(done) && done.code !== 'already-done') return done;
    if (done && !isProblem(done)) made++;
    if (made === most) return { made, more: true };
  }
  return { made, more: false };
}

/** Those it pays and those that pay it, each pair once, however many. */
export async function* allPairs(
  { engine }: Pick<Deps, 'engine'>,
  { parties, book, limit }: { parties: Parties; book: number; limit?: number },
): AsyncGenerator<Pair> {
  const page = limit === undefined ? {} : { limit };
  const payers = parties.payers.map(({ id }) => id);
  yield* everyPair(engine, { book, owners: payers, side: 'payable', ...page });
  const own = new Set(payers);
  for await (const pair of everyPair(engine, { book, owners: parties.places, side: 'receivable', ...page }))
    if (!own.has(pair.payer)) yield pair;
}

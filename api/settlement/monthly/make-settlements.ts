/** 出结算单 for a place: of everybody whom it pays, or who pays it, as far as something is to be paid of the month. */
import type { ProductDeps } from '../../places/index.ts';
import { isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import type { Month } from '../../programme/index.ts';
import { isOver } from '../take-statement.ts';
import { makeSettlement } from './make-settlement.ts';
import { pairsOf, type OpenPair } from './open-pairs.ts';
import { placeOfPayer, type Parties } from './speaks-for.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock' | 'journal'>;

export async function makeSettlements(
  deps: Deps,
  { parties, book, month, actor }: { parties: Parties; book: number; month: Month; actor: Actor },
): Promise<{ made: number } | Problem> {
  if (!isOver(month, deps.clock())) return problem('month-still-runs');
  let made = 0;
  for (const { payer, payee } of await allPairs(deps, { parties, book })) {
    const payerPlace = await placeOfPayer(deps, payer);
    if (payerPlace === undefined) continue;
    const done = await makeSettlement(deps, { payer, payee, payerPlace, book, month, actor });
    // One that was made already, also at this moment by somebody else, is no fault.
    if (isProblem(done) && done.code !== 'already-done') return done;
    if (done && !isProblem(done)) made++;
  }
  return { made };
}

/** Those it pays and those that pay it, each pair once. */
export async function allPairs(
  { engine }: Pick<Deps, 'engine'>,
  { parties, book }: { parties: Parties; book: number },
): Promise<OpenPair[]> {
  const owes = await pairsOf(engine, {
    ...{ book, owners: parties.payers.map(({ id }) => id), side: 'payable' },
  });
  const owed = await pairsOf(engine, { book, owners: parties.places, side: 'receivable' });
  const pairs = new Map([...owes, ...owed].map((pair) => [`${pair.payer} ${pair.payee}`, pair]));
  return [...pairs.values()];
}

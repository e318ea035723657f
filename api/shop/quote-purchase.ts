import type { ProductDeps } from '../places/index.ts';
import { isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import type { Step } from '../programme/index.ts';
import { workOutPurchase, type Spent } from './credit-purchase.ts';

export type PurchaseQuote = { points: number; unit: string; isCapped: boolean; steps: Step[] };

/** What this purchase would earn if it were booked now; nothing is written. */
export async function quotePurchase(
  deps: ProductDeps,
  { input, actor }: { input: Spent; actor: Actor },
): Promise<PurchaseQuote | Problem> {
  const book = await deps.places.bookOf(input.place);
  if (book === undefined) return problem('not-found');
  const worked = await workOutPurchase(deps, { input, actor, book, now: deps.clock() });
  if (isProblem(worked)) return worked;
  const { points, uncapped, steps } = worked.award;
  return { points, unit: worked.rule.unit, isCapped: points < uncapped, steps };
}

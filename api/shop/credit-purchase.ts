/** 记分: a purchase gives consumer points out of the merchant's own fund, once a receipt. */
import { findPosted, post, tallyTotals, untilFresh, type Lane, type Posted } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import {
  awardRuleSchema,
  citeRule,
  dayOf,
  earnedKey,
  findFund,
  findRule,
  seriesTermsFor,
  type PurchaseAwardRule,
} from '../programme/index.ts';
import { tellWebhooks } from '../webhooks/index.ts';
import { customerAt, doneOf, explainRefusal, useOfCode, type CounterDone, type Customer } from './counter.ts';
import { receiptKey } from './receipt.ts';
import type { ShownPurchase } from './shop.views.ts';
import { pointsForPurchase } from './rules/purchase-points.ts';

export type PurchaseInput = {
  place: string;
  customer: Customer;
  receipt: string;
  amountFen: number;
  paidWithPointsFen: number;
};

/** A purchase as far as its points depend on it: a receipt earns the same whatever its number is. */
export type Spent = Omit<PurchaseInput, 'receipt'>;

/** The rule, the fund and the points of a purchase, as they are at this moment. */
export async function workOutPurchase(
  deps: ProductDeps,
  { input, actor, book, now }: { input: Spent; actor: Actor; book: number; now: number },
) {
  const { engine, places } = deps;
  const { place, amountFen, paidWithPointsFen } = input;
  const wrong = amountProblem(input);
  if (wrong) return wrong;
  const [customer, found] = await Promise.all([
    customerAt(deps, { customer: input.customer, place, book, actor }),
    findRule({ engine, places }, { kind: 'purchase', place, at: now }),
  ]);
  if (isProblem(customer)) return customer;
  const { member } = customer;
  // Nobody gives points to themselves.
  if (actor.kind === 'person' && actor.person === member) return problem('second-person-needed');
  const rule = found && awardRuleSchema.parse(found.body);
  if (!found || rule?.kind !== 'purchase') return problem('no-rule-in-force');
  const [fund, earned] = await Promise.all([
    findFund({ engine, places }, { place, unit: rule.unit }),
    earnedToday(deps, { book, rule, member, now }),
  ]);
  if (!fund) return problem('no-fund');
  const spent = { member, at: now, amountFen, paidWithPointsFen, earnedThatDay: earned };
  return { customer, rule, ruleVersion: citeRule(found), fund, award: pointsForPurchase(rule, spent) };
}

/** `lane`: where a till does not wait for it, as in a partner's batch. */
type Asked = { input: PurchaseInput; actor: Actor; key: string; scope: string; lane?: Lane };

/** Two tills may credit one member at once: the later one is worked out from what the first has left of the day. */
export function creditPurchase(
  deps: ProductDeps,
  asked: Asked,
): Promise<CounterDone<ShownPurchase> | Problem> {
  return untilFresh(() => creditOnce(deps, asked));
}

async function creditOnce(
  deps: ProductDeps,
  { input, actor, key, scope, lane = 'interactive' }: Asked,
): Promise<CounterDone<ShownPurchase> | Problem> {
  const { places, clock } = deps;
  const { place } = input;
  const book = await places.bookOf(place);
  if (book === undefined) return problem('not-found');
  const ask = { book, scope, key, request: ['credit-purchase', input] };
  const before = await findPosted(deps, ask);
  if (before) return doneOf(ofReceipt(await explainRefusal(deps, before, input)));
  const now = clock();
  const id = deps.ids();
  const [worked, told] = await Promise.all([
    workOutPurchase(deps, { input, actor, book, now }),
    tellWebhooks(deps, { place, event: 'purchase.credited', thing: id }),
  ]);
  if (isProblem(worked)) return worked;
  const { customer, rule, ruleVersion, fund, award } = worked;
  const { member, person, code } = customer;
  const { amountFen, paidWithPointsFen, receipt } = input;
  const use = useOfCode(code, { place, actor, used: `purchase:${id}` });
  const series = seriesTermsFor(fund, rule.expiry, { earnedAt: now, givenAt: now });
  const earns = award.points > 0;
  const sale = {
    ...{ id, member, receipt, amountFen, points: award.points, unit: rule.unit, steps: award.steps },
    ...{ clerk: actorText(actor), state: 'credited' as const, createdAt: now },
  };
  const posted = await post(deps, ask, {
    id,
    actor,
    lane,
    place,
    ruleVersion,
    tallies: award.tallies,
    uniques: [...use.uniques, { key: receiptKey(input) }],
    commands: earns
      ? [{ do: 'credit', member, fund: fund.id, unit: rule.unit, amount: award.points, series }]
      : [],
    rows: [
      ...use.rows,
      {
        insert: 'purchases',
        values: {
          id,
          place,
          member,
          receipt,
          amount_fen: amountFen,
          paid_with_points_fen: paidWithPointsFen,
          unit: rule.unit,
          points: award.points,
          steps: JSON.stringify(award.steps),
          rule_version: ruleVersion,
          clerk: sale.clerk,
          state: sale.state,
          transaction: { planned: 'transaction' },
          created_at: now,
        },
      },
      ...told,
    ],
  });
  return doneOf(ofReceipt(await explainRefusal(deps, posted, input)), { sale, person });
}

/** What may be done once, the code apart, is to credit a receipt. */
function ofReceipt(posted: Posted | Problem): Posted | Problem {
  return isProblem(posted) && posted.used === 'receipt' ? problem('receipt-used') : posted;
}

function amountProblem({ amountFen, paidWithPointsFen }: Spent): Problem | undefined {
  if (paidWithPointsFen <= amountFen) return undefined;
  const [zh, en] = ['积分付的部分不能超过消费金额', 'No more can be paid with points than the purchase cost'];
  return problem('invalid-input', { fields: [{ field: 'paidWithPoints', zh, en }] });
}

async function earnedToday(
  { engine }: ProductDeps,
  input: { book: number; rule: PurchaseAwardRule; member: string; now: number },
): Promise<number> {
  const key = earnedKey(input.rule.unit, input.member, dayOf(input.now));
  return (await tallyTotals(engine, { book: input.book, keys: [key] })).get(key) ?? 0;
}

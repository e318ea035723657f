/** 价目: what a purchase earns at a shop today and which points it takes, from the rule and the agreements in force. */
import { termsOf, type Instant } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { problem, type Problem } from '../platform/index.ts';
import {
  awardRuleSchema,
  expiryOf,
  findFund,
  findRule,
  fundsOf,
  lastDayBefore,
  monthlyCapFor,
  termsFor,
  type PurchaseAwardRule,
} from '../programme/index.ts';
import { pointsForPurchase } from './rules/purchase-points.ts';

/** Amounts that a customer knows from the till, in fen. */
const EXAMPLES_FEN = [1_000, 3_850, 10_000] as const;

export type PriceList = {
  name: string;
  earns?: {
    rule: PurchaseAwardRule;
    since: Instant;
    /** The last day of what is earned today; left out where it never ends. */
    lastDay?: string;
    examples: { amountFen: number; points: number }[];
  };
  /** By unit: what a point stands for, in micro-yuan; more than one number where funds differ. */
  takes: { unit: string; leastMicro: number; mostMicro: number }[];
  monthlyCap?: number;
};

export async function priceListOf(deps: ProductDeps, place: string): Promise<PriceList | Problem> {
  const { engine, places, clock } = deps;
  const [shop, now] = [await places.find(place), clock()];
  if (shop === undefined) return problem('not-found');
  const [found, terms, monthlyCap, funds] = await Promise.all([
    findRule({ engine, places }, { kind: 'purchase', place, at: now }),
    termsFor(engine, { redeemer: place, at: now }),
    monthlyCapFor(engine, { redeemer: place, at: now }),
    fundsOf(engine, shop.book),
  ]);
  const rule = found && awardRuleSchema.parse(found.body);
  const fund = rule && (await findFund(deps, { place, unit: rule.unit }));
  // Without anybody who pays, a purchase earns nothing.
  const given = found && fund && rule?.kind === 'purchase' ? { rule, since: found.validFrom } : undefined;
  const takes = new Map<string, { unit: string; leastMicro: number; mostMicro: number }>();
  for (const { id, unit, rateMicro } of funds) {
    if (!termsOf(terms, id)) continue;
    const known = takes.get(unit) ?? { unit, leastMicro: rateMicro, mostMicro: rateMicro };
    const [leastMicro, mostMicro] = [
      Math.min(known.leastMicro, rateMicro),
      Math.max(known.mostMicro, rateMicro),
    ];
    takes.set(unit, { unit, leastMicro, mostMicro });
  }
  return {
    name: shop.name,
    ...(given && { earns: earningsOf(given.rule, { since: given.since, now }) }),
    takes: [...takes.values()].sort((a, b) => b.mostMicro - a.mostMicro),
    ...(monthlyCap !== undefined && { monthlyCap }),
  };
}

function earningsOf(rule: PurchaseAwardRule, { since, now }: { since: Instant; now: Instant }) {
  const lastDay = lastDayBefore(expiryOf(rule.expiry, now, now));
  const examples = EXAMPLES_FEN.map((amountFen) => {
    const purchase = { member: '', at: now, amountFen, paidWithPointsFen: 0 };
    return { amountFen, points: pointsForPurchase(rule, purchase).points };
  });
  return { rule, since, examples, ...(lastDay !== undefined && { lastDay }) };
}

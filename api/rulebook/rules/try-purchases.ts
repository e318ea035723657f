/** Purchases under a rule, as they come: each with what the day of its member had left. */
import { pointsForPurchase, type Purchase } from '../../shop/rules/index.ts';
import { dayOf, earnedKey, type PurchaseAwardRule } from '../../programme/rules/index.ts';

/** Remembers what each member earned on each day, for purchases given to it one after the other. */
export function purchaseTrial(): (rule: PurchaseAwardRule, purchase: Purchase) => number {
  const earned = new Map<string, number>();
  return (rule, purchase) => {
    const day = earnedKey(rule.unit, purchase.member, dayOf(purchase.at));
    const before = earned.get(day) ?? 0;
    const { points } = pointsForPurchase(rule, { ...purchase, earnedThatDay: before });
    earned.set(day, before + points);
    return points;
  };
}

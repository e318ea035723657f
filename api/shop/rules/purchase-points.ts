/**
 * Points for a purchase, and the points to take back for a refund.
 *
 * Protects: what was paid with points earns none (trap 10), and a refund takes back a part of the points that were
 * given then, whatever the rule says today (trap 5).
 */
import {
  dayOf,
  withinDay,
  type Day,
  type Instant,
  type PurchaseAwardRule,
  type Step,
  type TallyDemand,
} from '../../programme/rules/index.ts';
import { divideRounded, formatYuan, toSafe } from '../../platform/money/index.ts';

export type Purchase = {
  /** A random id, never a name. */
  member: string;
  at: Instant;
  amountFen: number;
  /** The part of it that was paid with points. */
  paidWithPointsFen: number;
  /** What the member has earned of this unit that day before. */
  earnedThatDay?: number;
};

export type PurchasePoints = {
  points: number;
  /** What it would be without the cap of a day. */
  uncapped: number;
  netFen: number;
  day: Day;
  steps: Step[];
  tallies: TallyDemand[];
};

export function pointsForPurchase(rule: PurchaseAwardRule, purchase: Purchase): PurchasePoints {
  const { member, at, amountFen, paidWithPointsFen } = purchase;
  const day = dayOf(at);
  const netFen = Math.max(0, amountFen - paidWithPointsFen);
  const points = Math.floor(netFen / rule.perFen) * rule.points;
  const amount = formatYuan(amountFen);
  const net = formatYuan(netFen);
  const per = formatYuan(rule.perFen).replace(/\.00$/, '');
  const steps: Step[] = [{ zh: `消费 ${amount} 元`, en: `Spent ${amount} yuan`, value: amount }];
  if (paidWithPointsFen > 0) {
    const paid = formatYuan(paidWithPointsFen);
    steps.push({
      zh: `其中用积分付的 ${paid} 元不再计分`,
      en: `${paid} of it were paid with points and earn none`,
      value: net,
    });
  }
  steps.push({
    zh: `每满 ${per} 元计 ${rule.points} 分，零头不计`,
    en: `${rule.points} for each whole ${per} yuan`,
    value: String(points),
  });
  const capped = withinDay(
    { unit: rule.unit, member, day, points },
    { max: rule.maxPointsPerDay, earned: purchase.earnedThatDay ?? 0 },
  );
  return {
    points: capped.points,
    uncapped: points,
    netFen,
    day,
    steps: [...steps, ...capped.steps],
    tallies: capped.tallies,
  };
}

export type Refund = {
  /** Of the purchase as it was booked. */
  netFen: number;
  points: number;
  /** By refunds before this one. */
  refundedFen: number;
  takenBack: number;
  /** By this one, as far as it was paid in money. */
  refundFen: number;
};

/**
 * The points to take back: those given then, less the share that what is kept still earns, rounded down. In parts it
 * comes to the same as at once, and all of it when all is refunded. A refund above what is left is cut to it.
 */
export function pointsToTakeBack(refund: Refund): number {
  const { netFen, points, takenBack } = refund;
  const keptFen = Math.max(0, netFen - refund.refundedFen - refund.refundFen);
  const kept =
    netFen > 0 ? toSafe(divideRounded(BigInt(points) * BigInt(keptFen), BigInt(netFen), 'down')) : 0;
  return Math.max(0, points - kept - takenBack);
}

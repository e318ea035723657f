/**
 * What an offset would do, before it is done: how much of a bill line, with which points, and what is still to pay.
 *
 * Protects: the value is whole fen and never above any of its limits; points are taken nearest expiry first over all
 * units, in exactly the ledger's order, so that the points shown are the points taken (trap 3).
 */
import { pointsInWholeFen } from '../../ledger/core/index.ts';
import { addDays, dayOf, endOfDay, monthOf } from '../../programme/rules/index.ts';
import type { Day, Instant, Month, Step, TallyDemand } from '../../programme/rules/index.ts';
import { formatYuan, MICRO_PER_FEN, share } from '../../platform/money/index.ts';
import { termsOfItem, type ItemTerms, type OffsetRule } from './offset-rule.ts';
import { offsetRefusals as refuse, type OffsetRefusal } from './offset-refusal.ts';
import { inTurn, type WaitingLine } from './offset-turn.ts';
import { offsetSteps, type UnitNames } from './offset-steps.ts';
import { takeParts, type Holding, type Part, type Purse, type Take } from './take-points.ts';

export type { Holding, Purse, Take } from './take-points.ts';

export type BillLine = {
  item: string;
  /** The month it is due in. */
  period: Month;
  /** The months of a bill for several, as people read them. */
  months?: string;
  amountFen: number;
  /** Received in money. */
  paidFen: number;
  /** Offset before and still in force. */
  offsetFen: number;
};

export type OffsetRequest = {
  at: Instant;
  /** A random id. Its cap is counted for the bill's period. */
  household: string;
  /** Since when the household owns the house, where others owned it before. */
  householdSince?: Day | undefined;
  relation: string;
  bill: BillLine;
  /** Unpaid from earlier periods, whatever the item. */
  arrearsFen: number;
  /** What the household's offsets of the bill's period come to so far. */
  usedThisMonthFen: number;
  /** What of it is counted under another key than the household's own of today. */
  countedOtherwiseFen?: number;
  /** The other lines of the house that are not paid; rules that go by turns look at them. */
  waiting?: readonly WaitingLine[];
  holdings: readonly Holding[];
  /** Those of the household whose points may pay along. */
  others?: readonly Purse[];
  /** Until when a bill that the firm issued anew may be offset again, whatever its cut-off: its points came back too late. */
  againUntil?: Instant | undefined;
  /** What the resident chose; the most that is possible when left out. */
  wantedFen?: number;
  unitNames?: UnitNames;
};

export type OffsetQuote = {
  valueFen: number;
  /** `valueFen` in micro-yuan and the worth of a point by unit: what the ledger's hold takes. */
  valueMicro: number;
  worthMicro: Readonly<Record<string, number>>;
  /** Of all parts, in their order. */
  takes: Take[];
  /** Whose points pay, one a member. */
  parts: Part[];
  toPayFen: number;
  cutOffAt: Instant;
  steps: Step[];
  tallies: TallyDemand[];
};

/** Where the offsets of a household for one period are counted, in fen. Who buys a house does not share a cap with the seller. */
export function offsetCapKey(house: string, period: Month, since?: Day | null): string {
  return `offset:${house}${since ? `@${since}` : ''}:${period}`;
}

/** Days in which a resident can put the points that came back against the bill that was issued anew. */
export const AGAIN_DAYS = 15;

/** From when points came back: the end of the fifteenth day after. */
export function againUntilOf(givenBackAt: Instant): Instant {
  return endOfDay(addDays(dayOf(givenBackAt), AGAIN_DAYS));
}

/** The first instant at which a bill of this period can no longer be offset. What is in arrears is offset in the month that runs. */
export function cutOffOf(rule: OffsetRule, period: Month, at: Instant): Instant {
  const running = monthOf(at);
  const month = rule.arrears === 'oldest-first' && period < running ? running : period;
  return endOfDay(`${month}-${String(rule.cutOffDay).padStart(2, '0')}`);
}

/** What an item's own cap counts of a month: a year's bill that is due in it, and the month's own, are two lines of one item. */
function offsetOfItem({ bill, waiting = [] }: OffsetRequest): number {
  const others = waiting.filter(({ item, period }) => item === bill.item && period === bill.period);
  return others.reduce((sum, { offsetFen }) => sum + offsetFen, bill.offsetFen);
}

/** The most that points may pay of a bill line of this item, whoever asks. */
export function shareOfBill(rule: OffsetRule, item: string, amountFen: number): number {
  return share(amountFen, termsOfItem(rule, item).maxShare, rule.rounding);
}

export function quoteOffset(
  rule: OffsetRule,
  request: OffsetRequest,
): { quote: OffsetQuote } | { refusal: OffsetRefusal } {
  const { bill, at } = request;
  const cutOffAt = Math.max(cutOffOf(rule, bill.period, at), request.againUntil ?? 0);
  const its = termsOfItem(rule, bill.item);
  const refused = mayBeOffset(rule, its, request, cutOffAt);
  if (refused) return { refusal: refused };

  const dueFen = bill.amountFen - bill.paidFen - bill.offsetFen;
  const shareFen = share(bill.amountFen, its.maxShare, rule.rounding);
  const capLeftFen = rule.maxFenPerHouseholdMonth - request.usedThisMonthFen;
  const itemLeftFen = its.capFen === undefined ? Infinity : its.capFen - offsetOfItem(request);
  if (dueFen <= 0) return { refusal: refuse.alreadyPaid() };
  if (shareFen <= 0) return { refusal: refuse.nothingToOffset() };
  if (shareFen <= bill.offsetFen) return { refusal: refuse.shareUsed(shareFen) };
  if (itemLeftFen <= 0) return { refusal: refuse.shareUsed(its.capFen ?? 0) };
  if (capLeftFen <= 0) {
    return { refusal: refuse.monthlyCapUsed(rule.maxFenPerHouseholdMonth, request.usedThisMonthFen) };
  }
  const mostFen = Math.min(dueFen, shareFen - bill.offsetFen, itemLeftFen, capLeftFen);
  const { wantedFen = mostFen } = request;
  if (wantedFen <= 0) return { refusal: refuse.nothingToOffset() };
  if (wantedFen > mostFen) return { refusal: refuse.moreThanAllowed(wantedFen, mostFen) };

  const { holdings, others = [], countedOtherwiseFen = 0 } = request;
  const parts = takeParts(holdings, others, { worthMicro: its.worthMicro, wantedFen, at });
  if (!parts) return { refusal: refuse.noPoints() };
  const valueFen = parts.reduce((sum, part) => sum + part.valueFen, 0);
  if (valueFen === 0) return { refusal: lessThanFewest(its) };
  const limits = { shareFen, capLeftFen, mostFen, wantedFen };
  return {
    quote: {
      valueFen,
      valueMicro: valueFen * MICRO_PER_FEN,
      worthMicro: its.worthMicro,
      takes: parts.flatMap(({ takes }) => takes),
      parts,
      toPayFen: dueFen - valueFen,
      cutOffAt,
      steps: offsetSteps(
        rule,
        its,
        request,
        limits,
        parts,
        formatYuan(valueFen),
        formatYuan(dueFen - valueFen),
      ),
      tallies: [
        {
          key: offsetCapKey(request.household, bill.period, request.householdSince),
          add: valueFen,
          max: rule.maxFenPerHouseholdMonth - countedOtherwiseFen,
          was: request.usedThisMonthFen - countedOtherwiseFen,
        },
      ],
    },
  };
}

/** Of the kinds that count, the one that begins with the least money. */
function lessThanFewest({ worthMicro }: ItemTerms): OffsetRefusal {
  const fewest = Object.values(worthMicro).map((worth) => {
    const points = pointsInWholeFen(worth);
    return { points, worthFen: (points * worth) / MICRO_PER_FEN };
  });
  const [least = { points: 1, worthFen: 1 }] = fewest.sort((a, b) => a.worthFen - b.worthFen);
  return refuse.lessThanFewest(least.points, least.worthFen);
}

/** Who asks, for what, when, and whether it is this line's turn. */
function mayBeOffset(
  rule: OffsetRule,
  its: ItemTerms,
  { at, bill, relation, arrearsFen, waiting = [] }: OffsetRequest,
  cutOffAt: Instant,
): OffsetRefusal | undefined {
  const day = dayOf(at);
  if (!rule.relations.includes(relation)) return refuse.notOwnerOrFamily();
  if (!rule.feeItems.includes(bill.item)) return refuse.itemNotAllowed(bill.item, rule.feeItems);
  if (bill.amountFen < its.minBillFen) return refuse.belowThreshold(bill.amountFen, its.minBillFen);
  if ((its.from !== undefined && day < its.from) || (its.until !== undefined && day > its.until)) {
    return refuse.outsideWindow(bill.item, its);
  }
  if (at >= cutOffAt) return refuse.afterCutOff(cutOffAt);
  const turn = inTurn(rule, { bill, waiting, day });
  if (turn) return turn;
  // Nothing older is known to be unpaid: what the firm says is owed stems from before our time, and is paid in money.
  const refuses = rule.refusesArrears || rule.arrears === 'oldest-first';
  if (!refuses || arrearsFen <= 0) return undefined;
  // By turns, whatever points could pay of it would have come before this line.
  return rule.arrears === 'oldest-first' ? refuse.arrearsInMoney(arrearsFen) : refuse.arrears(arrearsFen);
}

/**
 * The most points that a shop takes in a month is the shop's, whatever terms stand beside it: a new agreement with all funds
 * keeps the stricter of its own cap and the one that it finds, so that no cap ends unsaid. It ends where somebody lifts it.
 */
import type { Instant } from '../../ledger/index.ts';
import { byBeginning, isCalledOff, type AgreementSpan } from './agreement-standing.ts';

/** Of one unit; null: none. */
export type Cap = number | null;
export type CapSpan = AgreementSpan & { monthlyCap: Cap };

export function stricterCap(a: Cap, b: Cap): Cap {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** The cap that an agreement finds which begins then: that of the one before it, also of one that has ended. */
export function capBefore(known: readonly CapSpan[], validFrom: Instant): Cap {
  return withAllFunds(known).findLast((one) => one.validFrom < validFrom)?.monthlyCap ?? null;
}

/** What becomes of the cap of an agreement to come when the one before it goes over to another. */
export function capThen(later: Cap, { was, now }: { was: Cap; now: Cap }): Cap {
  return later === was ? now : stricterCap(later, now);
}

/** The agreement with which the cap of one was laid down: the first of those in a row that have the same. */
export function originOfCap<Span extends CapSpan>(known: readonly Span[], of: Span): Span {
  let origin = of;
  for (const one of withAllFunds(known)
    .filter((one) => byBeginning(one, of) < 0)
    .reverse()) {
    if (one.monthlyCap !== of.monthlyCap) break;
    origin = one;
  }
  return origin;
}

/** In order; what was called off before its day is as if it had never been. */
function withAllFunds<Span extends CapSpan>(known: readonly Span[]): Span[] {
  return known.filter((one) => one.fund === '*' && !isCalledOff(one)).sort(byBeginning);
}

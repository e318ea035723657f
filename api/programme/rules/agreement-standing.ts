/**
 * How an agreement stands beside the others of the same redeemer and fund. The one that began last holds until its own
 * end; what it has replaced never comes back, and one that was called off before its day never replaced anything.
 */
import type { Instant } from '../../ledger/index.ts';

export const AGREEMENT_STATES = ['in-force', 'to-come', 'ended', 'replaced'] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];
export type AgreementSpan = { id: string; fund: string; validFrom: Instant; validTo: Instant | null };

/** Those that hold at a moment, at most one of each fund, of the agreements of one redeemer in any order. */
export function agreementsAt<Span extends AgreementSpan>(known: readonly Span[], at: Instant): Span[] {
  const last = new Map<string, Span>();
  for (const one of [...known].sort(byBeginning))
    if (one.validFrom <= at && !isCalledOff(one)) last.set(one.fund, one);
  return [...last.values()].filter(({ validTo }) => validTo === null || validTo > at);
}

export function isCalledOff({ validFrom, validTo }: AgreementSpan): boolean {
  return validTo !== null && validTo <= validFrom;
}

export function byBeginning(a: AgreementSpan, b: AgreementSpan): number {
  return a.validFrom - b.validFrom || (a.id < b.id ? -1 : 1);
}

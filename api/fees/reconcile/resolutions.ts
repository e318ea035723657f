/**
 * What a break may be resolved by. Pure.
 *
 * Protects: points are handed over only for what the firm has posted, and given back only for what it has not; whoever
 * goes against what the comparison proposes does not do so alone.
 */
import type { BreakKind, PostedRow, Proposal } from './reconciliation.ts';

/** The firm corrects its books; its posting is accepted and the points handed over; or the points go back. */
export type Resolution = 'firm-corrects' | 'accept' | 'release';
export type Offer = { resolution: Resolution; secondPerson: boolean };

/** A row of the firm's posts the offset, but otherwise than ours. */
const POSTED: readonly BreakKind[] = [
  'amount',
  'wrong-period',
  'wrong-house',
  'wrong-item',
  'duplicate',
  'late',
];
/** The firm counts nothing of the offset, or can be paid nothing for it. */
const NOT_POSTED: readonly BreakKind[] = [
  'missing-there',
  'reissued',
  'paid-first',
  'returned',
  'hold-ended',
];

export type Resolvable = {
  kind: string;
  proposal: Proposal;
  /** Null where the break is about none of ours. */
  offsetState: string | null;
  /** Of the firm's row that the break is about; null where there is none. */
  rowState: PostedRow['state'] | null;
};

/** What is said of an offset is settled with it when it comes to nothing; what the firm has posted is still to be corrected. */
export function isSettledByRelease(kind: string): boolean {
  return kind !== 'hold-ended' && NOT_POSTED.some((each) => each === kind);
}

/** Points move only while the offset is with the firm and not settled. */
export function offersFor({ kind, proposal, offsetState, rowState }: Resolvable): Offer[] {
  const offers: Offer[] = [{ resolution: 'firm-corrects', secondPerson: false }];
  if (offsetState !== 'exported') return offers;
  const is = (kinds: readonly BreakKind[]) => kinds.some((each) => each === kind);
  if (is(POSTED) && rowState === 'posted') {
    offers.push({ resolution: 'accept', secondPerson: proposal !== 'choose' && proposal !== 'accept' });
  }
  if (is(NOT_POSTED)) {
    const proposed = proposal === 'release' || proposal === 'offset-new-bill';
    offers.push({ resolution: 'release', secondPerson: !proposed });
  }
  return offers;
}

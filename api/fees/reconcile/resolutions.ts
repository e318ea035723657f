/**
 * What a break may be resolved by. Pure.
 *
 * Protects: points are handed over only for what the firm has posted, and given back only for what it has not, or has in
 * part and is to take out of its books, which stays a difference until it has (left-in-books.ts); whoever goes against what the comparison proposes does not do so alone; and what is written off is never at a resident's cost.
 */
import type { BreakKind, PostedRow, Proposal } from './reconciliation.ts';

/**
 * The firm corrects its books; its posting is accepted and the points handed over; the points go back; what was posted is
 * taken back by its own entries (冲回), which leaves the bill to a new offset; or what it has posted too much is written off (差异转销), which the firm bears.
 */
export const RESOLUTIONS = ['firm-corrects', 'accept', 'release', 'reverse', 'write-off'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];
/** What takes a write-off back; it is asked for of a break that is resolved, and opens it again. */
export const REVERSAL = 'reverse-write-off';
export type Reversal = typeof REVERSAL;
export type Offer = { resolution: Resolution; secondPerson: boolean };

/** A row of the firm's posts the offset, but otherwise than ours. */
const POSTED: readonly BreakKind[] = [
  'amount',
  'wrong-period',
  'wrong-house',
  'wrong-item',
  'wrong-number',
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
/** Its bill is another one by now. */
export const BILL_CHANGED: readonly BreakKind[] = ['reissued', 'paid-first'];
/** The firm's books alone have it. */
const THEIRS_ALONE: readonly BreakKind[] = ['duplicate', 'missing-here'];

export type Resolvable = {
  kind: string;
  proposal: Proposal;
  /** Theirs less ours. */
  differenceFen: number;
  /** Null where the break is about none of ours. */
  offsetState: string | null;
  /** Of the firm's row that the break is about; null where there is none. */
  rowState: PostedRow['state'] | null;
  /** Its write-off was taken back: the points were handed over with it, and stay so. */
  isReopened?: boolean;
};

const isOneOf = (kinds: readonly BreakKind[], kind: string): boolean => kinds.some((each) => each === kind);

/** What is said of an offset is settled with it when it comes to nothing; what the firm has posted is still to be corrected. */
export function isSettledByRelease(kind: string): boolean {
  return kind !== 'hold-ended' && isOneOf(NOT_POSTED, kind);
}

/** Points move only while the offset is with the firm and not settled. */
export function offersFor(of: Resolvable): Offer[] {
  const { kind, proposal, offsetState, rowState } = of;
  // Never handed over, and not to be: there is nothing that the firm could correct.
  if (offsetState === 'held' && isOneOf(BILL_CHANGED, kind))
    return [{ resolution: 'release', secondPerson: false }];
  const offers: Offer[] = [{ resolution: 'firm-corrects', secondPerson: false }];
  if (offsetState === 'exported') {
    // Found by everything but its number, between equals: whoever names the row says what the machine must not.
    if (kind === 'missing-there' && proposal === 'choose')
      offers.push({ resolution: 'accept', secondPerson: false });
    if (rowState === 'posted' && isAllOfIt(of) && (isOneOf(POSTED, kind) || mayStand(of))) {
      offers.push({ resolution: 'accept', secondPerson: proposal !== 'choose' && proposal !== 'accept' });
    }
    if (isOneOf(NOT_POSTED, kind)) {
      const proposed = proposal === 'release' || proposal === 'offset-new-bill';
      offers.push({ resolution: 'release', secondPerson: !proposed });
    } else if (isTooLittle(of)) offers.push({ resolution: 'release', secondPerson: true });
  }
  // Posted before, and not or not wholly by now: never by one alone, as the month of its posting may be closed.
  if (offsetState === 'posted' && (proposal === 'reverse' || isGoneInPart(of)))
    offers.push({ resolution: 'reverse', secondPerson: true });
  if (canWriteOff(of)) offers.push({ resolution: 'write-off', secondPerson: true });
  return offers;
}

/**
 * What the firm has posted although its bill is another one by now stands where that one has room for it; where it was paid
 * first, two people may know that what was received is this very offset.
 */
function mayStand({ kind, proposal }: Resolvable): boolean {
  return kind === 'paid-first' ? proposal === 'firm-corrects' : kind === 'reissued' && proposal === 'accept';
}

/**
 * Whatever else differs, what is accepted differs by no fen: what was posted too much is written off, and of what was posted
 * too little a resident's bill fell by less than their points are worth, which only the firm can put right. Of two rows that
 * post one offset a person chooses.
 */
function isAllOfIt({ proposal, differenceFen }: Resolvable): boolean {
  return proposal === 'choose' || differenceFen === 0;
}

/**
 * An offset is what it was confirmed for: where the firm lets a bill fall by less, its points go back as a whole, the firm
 * takes its row out, and the resident offsets anew what it allows.
 */
function isTooLittle({ kind, proposal, differenceFen, rowState }: Resolvable): boolean {
  const isPair = isOneOf(POSTED, kind) && kind !== 'duplicate' && proposal !== 'choose';
  return isPair && rowState === 'posted' && differenceFen < 0;
}

function isGoneInPart({ kind, rowState, differenceFen }: Resolvable): boolean {
  return kind === 'returned' && rowState === 'returned' && differenceFen < 0;
}

/** A row that posts an offset once more is written off when the offset itself is settled, by the row that is meant. */
function canWriteOff(of: Resolvable): boolean {
  const { kind, proposal, differenceFen, offsetState, rowState, isReopened = false } = of;
  if (differenceFen <= 0 || rowState !== 'posted' || proposal === 'choose') return false;
  if (isOneOf(THEIRS_ALONE, kind)) return offsetState !== 'exported';
  return isOneOf(POSTED, kind) && offsetState === (isReopened ? 'posted' : 'exported');
}

/** How one person takes up what the comparison proposes; undefined where there is nothing to take up, or it takes two. */
export function acceptedProposal(of: Resolvable): Resolution | undefined {
  if (of.proposal === 'choose') return undefined;
  const wanted: Resolution = of.proposal === 'offset-new-bill' ? 'release' : of.proposal;
  const offer = offersFor(of).find(({ resolution }) => resolution === wanted);
  return offer && !offer.secondPerson ? wanted : undefined;
}

/**
 * A row of the funder's that a person says is one or several documents of ours. Protects: only what was found on one side
 * alone is paired, each row once, like with like, and what differs in more than words not without a reason.
 */
import type { Difference } from './difference.ts';

/** More than one row of a statement ever stands for. */
export const MOST_OF_OURS = 50;

type One = Pick<Difference, 'kind' | 'field' | 'party' | 'ours' | 'theirs'> & { id: string };
/** `reason`: '' where nobody asked for one. */
export type Pairing = { oursFen: number; theirsFen: number; reason: string };
/** What makes a pair more than two rows of one sum: why they are the same all the same is to be said. */
type Oddity = 'amount' | 'party' | 'duplicate' | 'wrong-period';
export type PairingRefusal = 'not-of-theirs' | 'not-of-ours' | 'not-alike' | 'row-paired' | 'reason-missing';

/** A row of theirs of which the ledger was not found to have anything. */
export function isOfTheirs({ kind, ours, theirs }: Pick<One, 'kind' | 'ours' | 'theirs'>): boolean {
  return ours === null && theirs !== null && kind !== 'amount';
}

export function isOfOurs({ kind }: Pick<One, 'kind'>): boolean {
  return kind === 'missing-there';
}

export function planPairing(
  { theirs, ours, reason }: { theirs: One; ours: readonly One[]; reason: string },
  paired: ReadonlySet<string>,
): Pairing | PairingRefusal {
  if (!isOfTheirs(theirs)) return 'not-of-theirs';
  if (ours.length === 0 || ours.length > MOST_OF_OURS || !ours.every(isOfOurs)) return 'not-of-ours';
  // A document's amount is no balance of a month.
  if (ours.some(({ field }) => field !== theirs.field)) return 'not-alike';
  if ([theirs, ...ours].some(({ id }) => paired.has(id))) return 'row-paired';
  const isOdd = odditiesOf({ theirs, ours }).length > 0;
  if (isOdd && reason === '') return 'reason-missing';
  return { oursFen: sumOf(ours), theirsFen: theirs.theirs ?? 0, reason: isOdd ? reason : '' };
}

/** Other sums; a row that means somebody else, or several; that stands twice, or is of another month. */
export function odditiesOf({ theirs, ours }: { theirs: One; ours: readonly One[] }): Oddity[] {
  const { kind, party } = theirs;
  const parties = new Set(ours.map((one) => one.party));
  if (party !== '') parties.add(party);
  return [
    ...(sumOf(ours) === (theirs.theirs ?? 0) ? [] : (['amount'] as const)),
    ...(parties.size > 1 ? (['party'] as const) : []),
    ...(kind === 'duplicate' || kind === 'wrong-period' ? [kind] : []),
  ];
}

function sumOf(ours: readonly One[]): number {
  return ours.reduce((sum, one) => sum + (one.ours ?? 0), 0);
}

/** What is left to be explained: a pair of one sum is none any more, one of two sums is one. */
export function leftOpen(
  found: number,
  { pairs, oursRows, differing }: { pairs: number; oursRows: number; differing: number },
): number {
  return found - pairs - oursRows + differing;
}

/** What is found where a fund's month and its funder's statement do not say the same, and the fen in which it is said. */
import { MICRO_PER_FEN, wholeFen } from '../../platform/money/index.ts';

export const DIFFERENCES = [
  'missing-there',
  'missing-here',
  'amount',
  'wrong-period',
  'wrong-party',
  'duplicate',
] as const;
export type DifferenceKind = (typeof DIFFERENCES)[number];
export const FIELDS = ['opening', 'points', 'accepted', 'reversed', 'paid', 'closing'] as const;
export type Field = (typeof FIELDS)[number];

/** A row of the funder's, as read: of one document where it has a number, else of a party's whole month. Null: not said. */
export type TheirRow = {
  rowNumber: number;
  /** Whom the row means; '' where its words name nobody of the month, or more than one. */
  party: string;
  partyText: string;
  number: string;
  /** 'YYYY-MM'; '' where the row does not say. */
  period: string;
} & Readonly<Record<Field, number | null>>;

export type Difference = {
  kind: DifferenceKind;
  /** Of which figure; null where a whole row has no other. */
  field: Field | null;
  party: string;
  partyText: string;
  number: string;
  rowNumber: number | null;
  /** In fen, or in points where `field` is `points`; null where that side does not have it. */
  ours: number | null;
  theirs: number | null;
  /** More than one row of ours says the same: a person says which is meant. */
  tie: boolean;
};
export type Compared = { matched: number; differences: Difference[] };

/** In fen; what is less than a fen stays with us until it is one. */
export function fenOf(micro: number): number {
  return wholeFen(micro);
}

/** Of one document, which is below zero where it was given back. */
export function signedFen(micro: number): number {
  return micro < 0 ? 0 - fenOf(0 - micro) : fenOf(micro);
}

/** Two amounts are the same where less than a fen lies between them: only fen are ever paid. */
export function isSameFen(micro: number, fen: number): boolean {
  return Math.abs(fen * MICRO_PER_FEN - micro) < MICRO_PER_FEN;
}

export function add(
  { differences }: Compared,
  { party, partyText, number, rowNumber }: TheirRow,
  said: Pick<Difference, 'kind' | 'field' | 'theirs'> & Partial<Difference>,
): void {
  differences.push({ party, partyText, number, rowNumber, ours: null, tie: false, ...said });
}

export function addOurs(
  { differences }: Compared,
  said: Pick<Difference, 'kind' | 'party' | 'number' | 'ours'> & Partial<Difference>,
): void {
  differences.push({ field: 'accepted', partyText: '', rowNumber: null, theirs: null, tie: false, ...said });
}

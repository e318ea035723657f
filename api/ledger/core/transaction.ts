/** What the ledger keeps: immutable transactions of entries that sum to zero per asset. */
import type { Account } from './account.ts';
import type { Amount, Instant } from './amount.ts';
import type { AssetRow } from './asset.ts';
import type { Terms } from './command.ts';

/** Ids of one book: book·2^40 + n. Eight thousand books of a million million rows each stay safe integers. */
export const BOOK_SPAN = 2 ** 40;
/** The version of the canonical bytes. */
export const FORMAT = 1;
export const MAX_ENTRIES = 256;
export const MAX_LIVE_SERIES = 64;

export type Entry = { id: number; account: Account; asset: AssetRow; amount: Amount; balanceAfter: Amount };
export type TallyEntry = {
  id: number;
  key: string;
  amount: number;
  totalAfter: number;
  floor: number | null;
  ceiling: number | null;
};
export type TransactionTerms = {
  /** How each fund settles the points that this transaction takes or gives back, and with whom in the end. */
  settlement?: Readonly<Record<string, Terms>>;
  redeemer?: string;
  /** `settlement`: how what is captured of this hold will be settled. */
  hold?: {
    id: string;
    member: string;
    redeemer: string;
    endsAt: Instant;
    settlement: Readonly<Record<string, Terms>>;
  };
  book?: { code: string; name: string; createdAt: Instant };
};

export type Transaction = {
  id: number;
  book: number;
  seq: number;
  place: string;
  kind: string;
  effectiveAt: Instant;
  bookedAt: Instant;
  originalEffectiveAt: Instant | null;
  unitId: string;
  actor: string;
  source: string;
  holdId: string | null;
  reverses: number | null;
  ruleVersion: string | null;
  terms: string | null;
  memoCommitment: string | null;
  entries: Entry[];
  tallies: TallyEntry[];
  hash: string;
};

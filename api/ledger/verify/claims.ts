/**
 * What rows of the product repeat of the ledger: points of a purchase, the value of an offset. The ledger knows nothing of
 * such rows. Whoever keeps them says what each claims of which transaction, and `verify` holds it against the entries.
 */
import type { Engine } from '../../db/index.ts';

type Words = { zh: string; en: string };

/** In all, or by unit. */
export type ClaimedPoints = number | Readonly<Record<string, number>>;

/** What a row says of one transaction. What is left out is not compared. */
export type Claim = {
  /** The id that the row names; null where it names none. */
  transaction: number | null;
  /** Rows of this sort name none: it is found by its unit. */
  isUnnumbered?: boolean;
  /** The kinds of step that it may be. */
  kinds: readonly string[];
  /** Points that the step moves: sets aside, holds, spends, takes back. */
  moves?: ClaimedPoints;
  /** Points that the step gives a member, what went into a debt included. */
  gives?: ClaimedPoints;
  /** The transaction that it reverses. */
  reverses?: number | null;
  /** The hold that it ends. */
  hold?: string;
  ruleVersion?: string;
  /** A voucher's number that it gave. */
  number?: string;
  /** Counters that it moved, by this much. */
  counters?: readonly { key: string; amount: number; what: Words }[];
};

/** A row and all that it claims. The unit of `made` goes by the row's id. */
export type RowClaims = {
  what: Words;
  id: string;
  place: string;
  /** Whose points; left out where the row may have been moved to another registration of the same person. */
  member?: string;
  made: Claim;
  later: readonly Claim[];
};

export type ClaimSource = {
  /** The kinds of transaction by which its rows are made and changed. */
  kinds: readonly string[];
  /** Rows that name a transaction of this range (ids, both included) in any column, each once; found by an index. */
  between(engine: Engine, range: { from: number; to: number }): Promise<RowClaims[]>;
  /** Rows that ought to name one: of these ids, or made by one of these transactions. */
  behind(engine: Engine, of: { ids: readonly string[]; made: readonly number[] }): Promise<RowClaims[]>;
};

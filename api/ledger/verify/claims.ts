/**
 * What rows of the product repeat of the ledger: points of a purchase, the value of an offset. The ledger knows nothing of
 * such rows. Whoever keeps them says what each claims of which transaction, and `verify` holds it against the entries.
 */
import { and, gte, isNull, lte, or, type Column, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { rangeOf } from './read-book.ts';

type Words = { zh: string; en: string };

/** In all, or by unit; a text where what the row has cannot be read as either. */
export type ClaimedPoints = number | Readonly<Record<string, number>> | { unreadable: string };

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
  /** Points that a redeemer takes by the step; what a last capture gives back is none of them. */
  takes?: ClaimedPoints;
  /** Points that the step gives a member, what went into a debt included. */
  gives?: ClaimedPoints;
  /** The transaction that it reverses. */
  reverses?: number | null;
  /** The hold that it ends. */
  hold?: string;
  ruleVersion?: string;
  /** A voucher's number that it gave. */
  number?: string;
  /** The series of which that may be. */
  series?: readonly string[];
  /** The hash of a text beside the ledger to which it commits. */
  commitment?: string;
  /** Counters that it moved, by this much, to where they stood `after` it. */
  counters?: readonly { key: string; amount: number; after?: number; what: Words }[];
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
  /** What is wrong with the row beside the ledger, such as more than its own rule allows. */
  faults?: readonly Words[];
};

export type ClaimSource = {
  /** Whatever moves a counter that begins like this made a row. */
  counted?: { counter: string; what: Words };
  /** Its rows are numbered documents: every number that a series which begins like this gave is the number of a row. */
  numbers?: { series: string; what: Words };
  /** The kinds of transaction by which its rows are made and changed. */
  kinds: readonly string[];
  /** Rows that name a transaction of this range (ids, both included) in any column, each once; found by an index. */
  between(engine: Engine, range: { from: number; to: number; limit: number }): Promise<RowClaims[]>;
  /** Rows that ought to name one: of these ids, or made or changed by one of these, which a later one reverses. */
  behind(engine: Engine, of: { ids: readonly string[]; made: readonly number[] }): Promise<RowClaims[]>;
  /**
   * Rows of the places of a book (null: of places that are not there) that name no transaction which made them, although
   * their sort does, or one of no book; `books` has all there are. No piece of a book finds them.
   */
  unmade(
    engine: Engine,
    of: { book: number | null; books: readonly number[]; limit: number },
  ): Promise<RowClaims[]>;
  /** Where a sort names none: its rows of a book's places, in the order of their ids. */
  unnumbered?(engine: Engine, of: { book: number; after: string; limit: number }): Promise<RowClaims[]>;
};

/** What sums that the product keeps of a book's transactions say and the transactions do not. */
export type CheckSums = (engine: Engine, book: number) => Promise<Words[]>;

/** That a column names no transaction, or one beside the ranges of these books, which are in order. */
export function namesOfNoBook(column: Column, books: readonly number[]): SQL | undefined {
  const gaps = [undefined, ...books].map((before, i) => {
    const next = books[i];
    return and(
      before === undefined ? undefined : gte(column, rangeOf(before).high),
      next === undefined ? undefined : lte(column, rangeOf(next).low),
    );
  });
  return or(isNull(column), ...gaps);
}

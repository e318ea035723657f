/**
 * The vocabulary of the ledger. A unit is what one request asks for: commands, domain rows, caps and numbers
 * that take effect together or not at all, under one key.
 */
import type { AccountRef } from './account.ts';
import type { Amount, Instant } from './amount.ts';
import type { Asset, SeriesTerms } from './asset.ts';
import type { Refusal } from './refusals.ts';

/** `scope` is the organisation or device, not the sign-in, so that a retry after a new sign-in is still a retry. */
export type Key = { scope: string; key: string };

/** How a fund settles with who takes its points. `factor` is in ten-thousandths (10,000 = 1). */
export type Terms =
  | ({ mode: 'owed'; factor: number } & Exposure)
  | ({ mode: 'clearing'; via: string; factor: number } & Exposure)
  | { mode: 'stocked' };
/** The most that the redeemer lets whoever pays it leave unpaid, in micro-yuan; left out: no limit. */
export type Exposure = { limitMicro?: Amount };
/** Terms by fund; `'*'` answers for a fund that is not named. */
export type TermsByFund = Readonly<Record<string, Terms>>;

/** Points of one series, by its asset id. */
export type SeriesPart = { series: number; points: Amount };

/**
 * What to take from a member: a number of points of one unit, or a value made of points worth `worthMicro` each, of each
 * unit whole fen.
 * `madeOf` is what it was worked out to take, in that order: where others would be taken by now, it is a conflict.
 */
export type Take =
  | { points: Amount; unit: string; fund?: string }
  | { valueMicro: Amount; worthMicro: Readonly<Record<string, number>>; madeOf?: readonly SeriesPart[] };

export type EntryDraft = AccountRef & { asset: Asset; amount: Amount };

export type Command =
  | { do: 'open'; code: string; name: string }
  | { do: 'post'; kind: string; entries: readonly EntryDraft[] }
  | { do: 'budget'; fund: string; unit: string; amount: Amount }
  | { do: 'award'; member: string; fund: string; unit: string; amount: Amount }
  | { do: 'release'; award: number; amount?: Amount; series: SeriesTerms }
  | { do: 'reject'; award: number; amount?: Amount }
  | { do: 'credit'; member: string; fund: string; unit: string; amount: Amount; series: SeriesTerms }
  | {
      do: 'hold';
      hold: string;
      member: string;
      redeemer: string;
      take: Take;
      endsAt: Instant;
      /** Those of this moment; a capture goes by them, whatever the agreement says by then (trap 9). */
      terms: TermsByFund;
    }
  | { do: 'capture'; hold: string; points?: Amount; final: boolean }
  | { do: 'return'; hold: string }
  | { do: 'spend'; member: string; redeemer: string; take: Take; terms: TermsByFund }
  | { do: 'refund'; of: number; points?: Amount }
  | { do: 'clawback'; of: number; points?: Amount }
  | { do: 'expire'; member: string; asset: Asset }
  /** `reverses`: takes back that payment, the whole of it. */
  | { do: 'pay'; payer: string; payee: string; amountMicro: Amount; reverses?: number };

/**
 * A counter that is checked and moved with the unit: a cap, a receipt number, a voucher number, a closed month. `was`
 * is what the unit was worked out from: where it stands elsewhere by now, the answer is a conflict and not a decision,
 * so it is not kept under the key. With `add` 0 that is all it does.
 */
export type Tally = { key: string; add: number; max?: number; min?: number; was?: number };
/** A business key that may be used once; `release: true` frees it again. */
export type Unique = { key: string; release?: boolean };
/**
 * The next consecutive number of a voucher series, as `${prefix}${number padded to pad}`. `series` names what is
 * counted where the prefix alone does not: two firms may both print DK-2606-0001. It ends in `:${prefix}`.
 */
export type VoucherSeries = { prefix: string; pad: number; series?: string };

/** A value of a row that is only known once the unit is planned; `counted`: where a tally of this unit stands after it. */
export type Planned =
  | { planned: 'transaction' | 'number' | 'bookedAt'; nth?: number }
  | { planned: 'counted'; key: string };
export type Cell = string | number | null | Planned;
export type Row = Readonly<Record<string, Cell>>;
export type RowChange =
  | { insert: string; values: Row }
  | { update: string; id: string; version: number; set: Row };

/** Bytes that a row of the same unit names by their hash, which is their id; kept once, whoever else names them. */
export type Content = { table: string; id: string; bytes: Uint8Array; createdAt: Instant };

export type Unit = {
  id: string;
  key: Key;
  /** SHA-256 (hex) of the request's canonical bytes: the same key with another request is an error. */
  requestHash: string;
  place: string;
  actor: string;
  source: string;
  commands: readonly Command[];
  rows?: readonly RowChange[];
  contents?: readonly Content[];
  tallies?: readonly Tally[];
  uniques?: readonly Unique[];
  number?: VoucherSeries;
  effectiveAt?: Instant;
  originalEffectiveAt?: Instant;
  ruleVersion?: string;
  memoCommitment?: string;
  /** The last `seq` of the book that it was worked out from: where another came meanwhile, it is a conflict. */
  readThrough?: number;
};

/** Ids and codes only. `transactions` are ids (book·2^40 + seq), in order of the commands. */
export type Answer = { unit: string; transactions: readonly number[]; number?: string; bookedAt: Instant };
export type Outcome =
  | { status: 'posted'; answer: Answer; replayed: boolean }
  | { status: 'refused'; refusal: Refusal; replayed: boolean };

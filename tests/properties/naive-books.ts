/** What the naive model writes down. */
import type { SeriesTerms } from '../../api/ledger/core/asset.ts';
import type { Terms, TermsByFund } from '../../api/ledger/core/command.ts';

export const BOOK = 1;

export class Refused extends Error {}
export function refuse(code: string): never {
  throw new Refused(code);
}

export type Series = {
  unit: string;
  fund: string;
  expiresAt: number;
  rateMicro: number;
  budgetReturns: boolean;
};
export type Part = { series: string; points: number; left: number };
export type Hold = { member: string; redeemer: string; endsAt: number; terms: TermsByFund; parts: Part[] };
export type Award = { member: string; unit: string; fund: string; left: number };
/** Points that a redeemer took, in the order in which they were taken. */
export type Taken = { member: string; redeemer: string; parts: Part[]; terms: Record<string, Terms> };
/** Points that a member was given: those that came, and those that went into a debt. */
export type Given = {
  member: string;
  series: string;
  points: number;
  netted: number;
  unit: string;
  fund: string;
};
export type Books = {
  seq: number;
  balances: Map<string, number>;
  series: Map<string, Series>;
  holds: Map<string, Hold>;
  awards: Map<number, Award>;
  taken: Map<number, Taken>;
  given: Map<number, Given>;
  counters: Map<string, number>;
  rows: Map<string, number>;
};
export function seriesName(unit: string, fund: string, s: SeriesTerms): string {
  return `series ${unit} ${fund} ${s.expiresAt} ${s.rateMicro} ${Number(s.budgetReturns)}`;
}
export function promiseName(unit: string, fund: string): string {
  return `promise ${unit} ${fund}`;
}

export function emptyBooks(): Books {
  return {
    seq: 0,
    balances: new Map(),
    series: new Map(),
    holds: new Map(),
    awards: new Map(),
    taken: new Map(),
    given: new Map(),
    counters: new Map(),
    rows: new Map(),
  };
}

/** Takes so many points off the parts, in their order; all that is left when no number is given. */
export function takeOff(parts: Part[], points: number | undefined, code: string): Part[] {
  const left = parts.reduce((sum, part) => sum + part.left, 0);
  let wanted = points ?? left;
  if (wanted === 0 || wanted > left) refuse(code);
  const off: Part[] = [];
  for (const part of parts) {
    const some = Math.min(wanted, part.left);
    if (some === 0) continue;
    part.left -= some;
    wanted -= some;
    off.push({ series: part.series, points: some, left: some });
  }
  return off;
}

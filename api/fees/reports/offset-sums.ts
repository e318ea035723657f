/** Posted offsets summed up by estate, firm, month and fee item, and by who bears them. Pure. */
import { settlementOf } from '../statement/figures.ts';

export type Settled = { estate: string; redeemer: string; month: string; item: string; valueFen: number };
/** What a fund bears of the offset that a transaction settled; `micro` in micro-yuan. */
export type FundPart = { transaction: number; fund: string; points: number; micro: number };
export type FundSum = {
  estate: string;
  redeemer: string;
  month: string;
  fund: string;
  count: number;
  points: number;
  micro: number;
};

export function sumUp(
  posted: readonly (Settled & { transaction: number; count: number })[],
  parts: readonly FundPart[],
): { sums: (Settled & { count: number })[]; funds: FundSum[] } {
  const sums = new Map<string, Settled & { count: number }>();
  const funds = new Map<string, FundSum>();
  const by = new Map<number, FundPart[]>();
  for (const part of parts) by.set(part.transaction, [...(by.get(part.transaction) ?? []), part]);
  for (const { estate, redeemer, month, item, valueFen, transaction, count } of posted) {
    const key = JSON.stringify([estate, redeemer, month, item]);
    const sum = sums.get(key) ?? { estate, redeemer, month, item, count: 0, valueFen: 0 };
    sums.set(key, { ...sum, count: sum.count + count, valueFen: sum.valueFen + valueFen });
    for (const { fund, points, micro } of by.get(transaction) ?? []) {
      const fundKey = JSON.stringify([estate, redeemer, month, fund]);
      const known = funds.get(fundKey) ?? { estate, redeemer, month, fund, count: 0, points: 0, micro: 0 };
      funds.set(fundKey, {
        ...{ ...known, count: known.count + count },
        ...{ points: known.points + points, micro: known.micro + micro },
      });
    }
  }
  return { sums: [...sums.values()], funds: [...funds.values()] };
}

/** What funds bear of what a firm posted in an estate, in micro-yuan: of a month, or of all months before. */
type Borne = { estate: string; redeemer: string; micro: number };

/**
 * The same in whole fen, as the months' statements have it: each firm's of an estate is rounded once, and what a month
 * leaves of a fen goes on to the next. `before`: of all months before the first of `months`.
 */
export function borneInFen<Month extends Borne & { month: string }>(
  months: readonly Month[],
  before: readonly Borne[],
): (Month & { borneFen: number })[] {
  const keyOf = ({ estate, redeemer }: Borne) => JSON.stringify([estate, redeemer]);
  const beforeMicro = new Map(before.map((row) => [keyOf(row), row.micro]));
  return months
    .toSorted((one, other) => (one.month < other.month ? -1 : 1))
    .map((row) => {
      const key = keyOf(row);
      const of = { postedFen: 0, beforeMicro: beforeMicro.get(key) ?? 0, capturedMicro: row.micro };
      beforeMicro.set(key, of.beforeMicro + row.micro);
      return { ...row, borneFen: settlementOf(of).owedFen };
    });
}

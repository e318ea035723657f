/**
 * What a row says was paid ahead. Pure.
 *
 * Protects: points put against a bill that is paid are lost to the resident, and a bill that counts as paid by a balance
 * which nobody took from is never collected. 欠费 decides where it stands; what it leaves open only the firm knows.
 */
import { PREPAID_AHEAD, PREPAID_LEFT, PREPAID_TWICE, type Reason } from './bill-reasons.ts';

type Row = {
  /** What the row charges. */
  sumFen: number;
  paidFen: number | undefined;
  unpaidFen: number | undefined;
  penaltyFen?: number | undefined;
};
/** `paidFen`: what counts as paid. `ask`: whether a person is to say that it is so. */
type Counted = { paidFen?: number; ask?: true; warn?: Reason; refuse?: Reason };

/**
 * 预存抵扣: what the firm has taken for this bill. Some count it in what they received, which shows where that and the rest
 * make up the bill; more than is due, 违约金 with it, it never makes.
 */
export function countPrepaid(prepaidFen: number, row: Row): Counted {
  const { sumFen, paidFen = 0, unpaidFen, penaltyFen = 0 } = row;
  if (unpaidFen !== undefined && paidFen + unpaidFen === sumFen)
    return paidFen === 0 && unpaidFen > 0 && prepaidFen > 0 ? { warn: PREPAID_LEFT } : {};
  // What is paid ahead beyond the bill waits at the firm for the next one.
  if (paidFen === 0 && prepaidFen > sumFen + penaltyFen) {
    if (unpaidFen !== undefined && unpaidFen > 0) return { warn: PREPAID_LEFT };
    return { paidFen: sumFen, warn: PREPAID_AHEAD };
  }
  const bothFen = paidFen + prepaidFen;
  const isSettled = unpaidFen !== undefined && bothFen + unpaidFen === sumFen;
  return {
    paidFen: bothFen,
    ...(prepaidFen > 0 && bothFen > sumFen + penaltyFen && { refuse: PREPAID_TWICE }),
    ...(prepaidFen > 0 && !isSettled && (paidFen > 0 || unpaidFen !== undefined) && { ask: true }),
  };
}

/** 预存, 预缴: most often the balance of the house's account, which stays as it is unless 欠费 shows that it was taken. */
export function countBalance(balanceFen: number, row: Row): Counted {
  const { sumFen, paidFen = 0, unpaidFen } = row;
  if (balanceFen <= 0 || paidFen >= sumFen) return {};
  if (unpaidFen === undefined) return { ask: true };
  const takenFen = sumFen - paidFen - unpaidFen;
  if (takenFen === 0) return {};
  return 0 < takenFen && takenFen <= balanceFen && unpaidFen >= 0
    ? { paidFen: sumFen - unpaidFen }
    : { ask: true };
}

/**
 * Whether what a firm calls received (已收) has the points in it that it has posted, as money does, and how much money then is
 * left. Pure.
 *
 * Protects: points are counted once, as an offset. A firm that posts them as a way of payment has them in 已收 as well.
 */
export type PaidHas = 'points' | 'money';

/** One row of a file, with what is offset of its lines: posted, as far as we know, and in the firm's hands. */
export type PaidRow = {
  sumFen: number;
  paidFen: number;
  postedFen: number;
  givenFen: number;
  unpaidFen?: number | undefined;
  penaltyFen?: number | undefined;
  pastDueFen?: number | undefined;
};

/** What the row's own figures say; undefined where they fit both. */
export function paidHas(row: PaidRow): PaidHas | undefined {
  const { sumFen, paidFen, postedFen, givenFen } = row;
  if (row.unpaidFen === undefined) {
    if (postedFen === 0) return undefined;
    if (paidFen + postedFen > sumFen) return 'points';
    if (paidFen + postedFen === sumFen) return paidFen === postedFen ? undefined : 'money';
    return paidFen === postedFen ? 'points' : undefined;
  }
  // What the firm has counted by now, where its list has not come, only its own figures say.
  const isIn = fits(row, 0);
  const isBeside = [postedFen, postedFen + givenFen].some((fen) => fen > 0 && fits(row, fen));
  if (isIn === isBeside) return undefined;
  if (isBeside) return 'money';
  return postedFen > 0 && paidFen >= postedFen ? 'points' : undefined;
}

/** Whether 应收 − 已收 − some points is 欠费, which may have the penalty in it, or what is owed from before. */
function fits(
  { sumFen, paidFen, unpaidFen, penaltyFen = 0, pastDueFen = 0 }: PaidRow,
  pointsFen: number,
): boolean {
  const left = sumFen - paidFen - pointsFen;
  return [0, penaltyFen, pastDueFen, penaltyFen + pastDueFen].some((more) => left + more === unpaidFen);
}

/**
 * The money of what was received of a line, by a firm that has the points in there. What is in its hands it has counted where
 * the bill would be paid by more than is due otherwise, or where nothing else was received.
 */
export function moneyIn(line: Pick<PaidRow, 'sumFen' | 'paidFen' | 'postedFen' | 'givenFen'>): number {
  const { sumFen, paidFen, postedFen, givenFen } = line;
  const restFen = Math.max(0, paidFen - postedFen);
  const isCounted = restFen === givenFen || restFen + postedFen + givenFen > sumFen;
  return isCounted ? Math.max(0, restFen - givenFen) : restFen;
}

/** What a file's rows say together: the more of them, the likelier. */
export function mostly(rows: readonly PaidRow[]): {
  thought: PaidHas | undefined;
  points: number;
  money: number;
} {
  const said = rows.map(paidHas);
  const points = said.filter((one) => one === 'points').length;
  const money = said.filter((one) => one === 'money').length;
  return { thought: points === money ? undefined : points > money ? 'points' : 'money', points, money };
}

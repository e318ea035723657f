/** A row whose own figures do not agree: one of them is wrong, and nobody can see which. Pure. */
import type { OpenCells } from './bill-cells.ts';

/** What such a row charges in all its items, and says is received and unpaid. */
export type Contradiction = {
  readonly sumFen: number;
  readonly paidFen: number;
  readonly unpaidFen?: number;
  readonly penaltyFen?: number;
};

/**
 * 欠费 may have the penalty in it, or what is owed from before; a payment ahead that no 欠费 agrees with is asked about by
 * itself. Looked at while the row is read: 欠费 and 违约金 of a district's rows are held against the others, not kept.
 */
export function contradictionIn(sumFen: number, cells: OpenCells): Contradiction | undefined {
  const { paidFen, unpaidFen, penaltyFen = 0, pastDueFen = 0, prepaidFen, balanceFen } = cells;
  if (paidFen === undefined || prepaidFen !== undefined || balanceFen !== undefined) return undefined;
  if (unpaidFen === undefined)
    return paidFen > sumFen + penaltyFen + pastDueFen ? { sumFen, paidFen } : undefined;
  const left = sumFen - paidFen;
  const mayBe = [0, penaltyFen, pastDueFen, penaltyFen + pastDueFen];
  return mayBe.some((more) => left + more === unpaidFen)
    ? undefined
    : { sumFen, paidFen, unpaidFen, ...(penaltyFen > 0 && { penaltyFen }) };
}

/** Of what was paid ahead a person is asked: its 欠费 was held against nothing. */
export function isCompared({ paidFen, unpaidFen, prepaidFen, balanceFen }: OpenCells): boolean {
  return [paidFen, unpaidFen].every((fen) => fen !== undefined) && (prepaidFen ?? balanceFen) === undefined;
}

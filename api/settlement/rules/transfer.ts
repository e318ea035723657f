/**
 * One transfer of the bank (一笔转账), however its number is typed: full-width or not, small letters, blanks and dashes between
 * the figures. It is recorded once by whoever pays; where it pays several settlements each payment says what it was in all.
 */

/** Empty where nothing of it is a letter or a figure. */
export function transferKey(reference: string): string {
  return reference
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** A payment of the transfer that stands. `transferFen`: null in what versions of before recorded. */
export type Part = {
  settlement: string;
  payee: string | null;
  paidOn: string;
  amountFen: number;
  transferFen: number | null;
};
export type NewPart = {
  settlement: string;
  payee: string;
  paidOn: string;
  amountFen: number;
  /** Said only where it pays more than this settlement. */
  totalFen: number | undefined;
};

export type TransferOutcome =
  /** `before`: what others of it pay already. */
  | { transferFen: number; before: number }
  /** It is recorded already; or its parts come to more than it was. */
  | 'recorded'
  | 'exceeded';

export function joinTransfer(standing: readonly Part[], part: NewPart): TransferOutcome {
  const { settlement, payee, paidOn, amountFen } = part;
  const transferFen = part.totalFen ?? amountFen;
  const isSame = (one: Part): boolean =>
    one.settlement !== settlement &&
    one.payee === payee &&
    one.paidOn === paidOn &&
    one.transferFen === transferFen;
  if (standing.length > 0 && (part.totalFen === undefined || !standing.every(isSame))) return 'recorded';
  const before = standing.reduce((sum, one) => sum + one.amountFen, 0);
  return before + amountFen > transferFen ? 'exceeded' : { transferFen, before };
}
